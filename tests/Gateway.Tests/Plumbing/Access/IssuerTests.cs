using System.Net;
using System.Security.Cryptography;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace GridMesh.Gateway.Tests.Plumbing.Access;

public sealed class IssuerTests
{
    [Fact(DisplayName = "[AC13] of an issuer RS256, ES256 and PS256 are taken, its other algorithms and its public key as a secret are not")]
    public async Task Algorithms()
    {
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (rsaKey, curveKey) = (new RsaSecurityKey(rsa) { KeyId = "r" }, new ECDsaSecurityKey(curve) { KeyId = "e" });
        await using var issuer = await ServeAsync(rsa, curve);
        var url = issuer.Urls.First();
        await using var app = await MeshApp.StartAsync(
            settings: [$"--GridMesh:Auth:Authority={url}", "--GridMesh:Auth:Audience=gridmesh"]);
        string Make(SecurityKey key, string algorithm, string audience = "gridmesh") =>
            TokenForge.Make(key, algorithm, url, audience);

        (await app.AskAsync(Make(rsaKey, SecurityAlgorithms.RsaSha256))).ShouldBe(HttpStatusCode.OK);
        (await app.AskAsync(Make(rsaKey, SecurityAlgorithms.RsaSsaPssSha256))).ShouldBe(HttpStatusCode.OK);
        (await app.AskAsync(Make(curveKey, SecurityAlgorithms.EcdsaSha256))).ShouldBe(HttpStatusCode.OK);
        var secret = new SymmetricSecurityKey(rsa.ExportSubjectPublicKeyInfo()) { KeyId = "r" };
        foreach (var token in new[]
        {
            Make(rsaKey, SecurityAlgorithms.RsaSha512), Make(secret, SecurityAlgorithms.HmacSha256),
            Make(rsaKey, SecurityAlgorithms.RsaSha256, "another"),
        })
        {
            (await app.AskAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await app.Http.PostAsync("/auth/sign-in", null)).StatusCode.ShouldBe(
            HttpStatusCode.NotFound, "the issuer signs in");
    }

    private static async Task<WebApplication> ServeAsync(RSA rsa, ECDsa curve)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var (r, e) = (rsa.ExportParameters(false), curve.ExportParameters(false));
        app.MapGet("/.well-known/openid-configuration", (HttpRequest request) => Results.Json(
            new { issuer = $"http://{request.Host}", jwks_uri = $"http://{request.Host}/keys" }));
        app.MapGet("/keys", () => Results.Json(new
        {
            keys = new object[]
            {
                new { kty = "RSA", kid = "r", n = Base64UrlEncoder.Encode(r.Modulus),
                    e = Base64UrlEncoder.Encode(r.Exponent) },
                new { kty = "EC", kid = "e", crv = "P-256", x = Base64UrlEncoder.Encode(e.Q.X),
                    y = Base64UrlEncoder.Encode(e.Q.Y) },
            },
        }));
        await app.StartAsync();
        return app;
    }
}
