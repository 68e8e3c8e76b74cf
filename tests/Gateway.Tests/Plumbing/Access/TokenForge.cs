using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GridMesh.Product.Fixture;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GridMesh.Gateway.Tests.Plumbing.Access;

/// <summary>Makes tokens as others might.</summary>
internal static class TokenForge
{
    private static readonly JsonWebTokenHandler s_handler = new() { SetDefaultTimesOnTokenCreation = false };

    public static SymmetricSecurityKey Key(string text, string? id = null) =>
        new(Encoding.UTF8.GetBytes(text)) { KeyId = id };

    /// <param name="change">To the claims of a viewer of the district who signed in now, for an hour.</param>
    public static string Make(
        SecurityKey key, string algorithm = SecurityAlgorithms.HmacSha256, string issuer = "gridmesh",
        string? audience = "gridmesh",
        Action<Dictionary<string, object>>? change = null, TimeSpan? life = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var claims =
            new Dictionary<string, object> { ["sub"] = "v", ["role"] = "viewer", ["area"] = SmallDistrict.Code,
                ["jti"] = Guid.NewGuid().ToString("N") };
        change?.Invoke(claims);
        return s_handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer, Audience = audience, Claims = claims, IssuedAt = now,
            Expires = now + (life ?? TimeSpan.FromHours(1)),
            SigningCredentials = new SigningCredentials(key, algorithm),
        });
    }

    public static async Task<HttpStatusCode> AskAsync(
        this MeshApp app, string token, string path = "/api/v1/categories")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await app.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
