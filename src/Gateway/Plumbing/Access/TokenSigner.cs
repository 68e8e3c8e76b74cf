using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>A token that was just signed.</summary>
/// <param name="Id">Its <c>jti</c>.</param>
internal sealed record SignedToken(string Id, string Text, DateTimeOffset ExpiresAt);

/// <summary>
/// Signs tokens with the first key of <see cref="AuthOptions"/>; in Development with one kept in the data folder.
/// </summary>
internal sealed class TokenSigner(AuthOptions options, TimeProvider time)
{
    private const string DevelopmentKeyFile = "development-signing.key";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>All that verify, the one that signs first; empty where an issuer signs.</summary>
    public IReadOnlyList<SymmetricSecurityKey> Keys { get; } =
        [.. options.Keys.Select(key => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key.Key)) { KeyId = key.Id })];

    /// <summary>A key that outlives a restart, so that walls signed in stay signed in.</summary>
    public static string DevelopmentKey(string dataFolder)
    {
        PrivateFiles.MakeFolder(dataFolder);
        return PrivateFiles.ReadOrMake(
            PathOf(dataFolder), () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
    }

    /// <summary>Null where the folder never served in Development.</summary>
    public static string? KeptDevelopmentKey(string dataFolder) =>
        File.Exists(PathOf(dataFolder)) ? File.ReadAllText(PathOf(dataFolder)).Trim() : null;

    /// <param name="session">The <c>sid</c> of an account's token.</param>
    /// <exception cref="InvalidOperationException">Tokens are signed elsewhere.</exception>
    public SignedToken Sign(Actor actor, TimeSpan life, string? session = null)
    {
        var now = time.GetUtcNow();
        var expires = now + life;
        var id = NewId();
        var claims = new List<Claim>([new Claim(JwtRegisteredClaimNames.Jti, id), .. MeshClaims.Of(actor)]);
        if (session is not null)
            claims.Add(new Claim(JwtRegisteredClaimNames.Sid, session));

        var key = Keys.Count > 0 ? Keys[0] : throw new InvalidOperationException("tokens are signed elsewhere");
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = options.Audience,
            Subject = new ClaimsIdentity(claims),
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime.AddMinutes(-1),
            Expires = expires.UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
        return new SignedToken(id, token, expires);
    }

    /// <summary>128 bits that nobody guesses, in letters that every list takes.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static string PathOf(string dataFolder) => Path.Combine(dataFolder, DevelopmentKeyFile);
}
