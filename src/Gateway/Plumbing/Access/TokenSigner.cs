using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Contracts.Access;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// Signs tokens with the key of <see cref="AuthOptions"/>; in Development with one kept in the data folder.
/// </summary>
internal sealed class TokenSigner(AuthOptions options, TimeProvider time)
{
    private const string DevelopmentKeyFile = "development-signing.key";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public SymmetricSecurityKey? Key { get; } =
        options.SigningKey is { } key ? new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)) : null;

    /// <summary>A key that outlives a restart, so that walls signed in stay signed in.</summary>
    public static string DevelopmentKey(string dataFolder)
    {
        var path = Path.Combine(dataFolder, DevelopmentKeyFile);
        if (!File.Exists(path))
        {
            System.IO.Directory.CreateDirectory(dataFolder);
            File.WriteAllText(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        }

        return File.ReadAllText(path).Trim();
    }

    public (string Token, DateTimeOffset ExpiresAt) Sign(Actor actor)
    {
        var now = time.GetUtcNow();
        var expires = now.AddHours(options.DevelopmentTokenHours);
        var claims = new List<Claim>
        {
            new(MeshClaims.Sub, actor.Sub),
            new(MeshClaims.Name, actor.Name),
            new(MeshClaims.Role, actor.Role.ToString().ToLowerInvariant()),
            new(MeshClaims.Area, actor.Area.Value),
        };
        claims.AddRange(actor.Lines.Select(line => new Claim(MeshClaims.Lines, line.ToString())));
        if (actor.Worker is { } worker)
        {
            claims.Add(new Claim(MeshClaims.Worker, worker));
        }

        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = options.Audience,
            Subject = new ClaimsIdentity(claims),
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime.AddMinutes(-1),
            Expires = expires.UtcDateTime,
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
        });
        return (token, expires);
    }
}
