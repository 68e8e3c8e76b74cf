using System.Net;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Client;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Directory;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace GridMesh.Gateway.Tests.Plumbing.Access;

public sealed class TokenTests : IAsyncLifetime
{
    private const string Old = "Jw3nq0ZcT8yLr5XvB1mKd7PfHs2GaUeQ";
    private const string New = "x9TfW2uJb6NsRk4YhE0cVq8LpZ3aMgDi";

    private MeshApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await MeshApp.StartAsync(settings:
    [
        $"--GridMesh:Auth:SigningKey={Old}", "--GridMesh:Auth:SigningKeys:0:Id=second",
        $"--GridMesh:Auth:SigningKeys:0:Key={New}",
        "--GridMesh:Auth:Audience=gridmesh",
    ]);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact(DisplayName = "[AC13] another algorithm, audience or issuer, two roles, no end or a life beyond the longest are no token")]
    public async Task Checked()
    {
        var key = TokenForge.Key(Old);
        var day = TimeSpan.FromHours(24);
        (await _app.AskAsync(TokenForge.Make(key))).ShouldBe(HttpStatusCode.OK);
        (await _app.AskAsync(TokenForge.Make(key, life: day))).ShouldBe(HttpStatusCode.OK);
        string[] refused =
        [
            TokenForge.Make(TokenForge.Key(Old + Old), SecurityAlgorithms.HmacSha512),
            TokenForge.Make(new RsaSecurityKey(RSA.Create(2048)), SecurityAlgorithms.RsaSha256),
            Unsigned(TokenForge.Make(key)),
            TokenForge.Make(key, audience: "another"), TokenForge.Make(key, audience: null),
            TokenForge.Make(key, issuer: "another"),
            TokenForge.Make(key, change: claims => claims["role"] = new[] { "viewer", "admin" }),
            TokenForge.Make(key, change: claims => claims["role"] = "viewer,admin"),
            TokenForge.Make(key, change: claims => claims["role"] = "7"),
            TokenForge.Make(key, life: day + TimeSpan.FromMinutes(5)),
            TokenForge.Make(key, life: TimeSpan.FromMinutes(-5)),
            TokenForge.Make(TokenForge.Key(Old.Replace('w', 'W'))),
        ];
        foreach (var (token, i) in refused.Select((token, i) => (token, i)))
            (await _app.AskAsync(token)).ShouldBe(HttpStatusCode.Unauthorized, $"token {i}");
    }

    [Fact(DisplayName = "[AC15] the first key signs and says so, all verify with their name or without")]
    public async Task Rotation()
    {
        var made = await _app.TokenAsync("viewer");
        Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(made.Split('.')[0])).ShouldContain("\"kid\":\"second\"");
        foreach (var token in new[]
        {
            made, TokenForge.Make(TokenForge.Key(Old)), TokenForge.Make(TokenForge.Key(New, "second")),
            TokenForge.Make(TokenForge.Key(New)),
            TokenForge.Make(TokenForge.Key(Old, "forgotten")),
        })
        {
            (await _app.AskAsync(token)).ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact(DisplayName = "[AC14] a token that is called back anywhere is refused within a second or two, and its connections are closed with the reason")]
    public async Task CalledBack()
    {
        var store = _app.Services.GetRequiredService<ITokenStore>();
        var token = TokenForge.Make(
            TokenForge.Key(Old), change: claims => (claims["jti"], claims["sid"]) = ("j-1", "s-1"));
        var sibling = TokenForge.Make(
            TokenForge.Key(Old), change: claims => (claims["jti"], claims["sid"]) = ("j-2", "s-1"));
        var reason = new TaskCompletionSource<string>();
        var closed = new TaskCompletionSource();
        await using var hub = LiveView.Connect(_app.Url, token);
        hub.On<string>("closing", reason.SetResult);
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        hub.Reconnecting += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync();
        (await _app.AskAsync(token)).ShouldBe(HttpStatusCode.OK);

        var now = TimeProvider.System.GetUtcNow();
        await store.RevokeAsync("j-1", now, now.AddHours(2));
        await Eventually.TrueAsync(
            async () => await _app.AskAsync(token) == HttpStatusCode.Unauthorized, "the token is refused");
        (TimeProvider.System.GetUtcNow() - now).ShouldBeLessThan(TimeSpan.FromSeconds(4));
        (await reason.Task.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe("TokenRevoked");
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));

        (await _app.AskAsync(sibling)).ShouldBe(HttpStatusCode.OK);
        await store.RevokeAsync("s-1", now, now.AddHours(2));
        await Eventually.TrueAsync(
            async () => await _app.AskAsync(sibling) == HttpStatusCode.Unauthorized, "all of the session are");
    }

    [Fact(DisplayName = "[AC21] a token that lives longer than any other counts while it is among the issued ones")]
    public async Task LongLife()
    {
        var store = _app.Services.GetRequiredService<ITokenStore>();
        var now = TimeProvider.System.GetUtcNow();
        var token = TokenForge.Make(
            TokenForge.Key(Old), change: claims => claims["jti"] = "device-1", life: TimeSpan.FromDays(90));
        (await _app.AskAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        await store.AddAsync(
            new IssuedToken("device-1", "gate", Role.Viewer, AreaCode.Parse("450105"), [], now, now.AddDays(90)));
        await Eventually.TrueAsync(
            async () => await _app.AskAsync(token) == HttpStatusCode.OK, "the issued token counts");
        await store.RevokeAsync("device-1", now, now.AddDays(90));
        await Eventually.TrueAsync(
            async () => await _app.AskAsync(token) == HttpStatusCode.Unauthorized, "and no longer");
    }

    [Fact(DisplayName = "[AC17] whoever the directory does not have any more is nobody from then on, though their grid still lives with them")]
    public async Task Left()
    {
        var worker = SmallDistrict.WorkerOf(SmallDistrict.Grid);
        var token = await _app.TokenAsync("worker", SmallDistrict.Grid, worker);
        (await _app.AskAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await _app.AskAsync(await _app.TokenAsync("worker", SmallDistrict.Grid, "w-nobody")))
            .ShouldBe(HttpStatusCode.Unauthorized);
        (await _app.AskAsync(await _app.TokenAsync("dispatcher", SmallDistrict.Code, "D-urban")))
            .ShouldBe(HttpStatusCode.OK);

        var data = SmallDistrict.Data;
        await _app.Services.GetRequiredService<IDirectoryStore>().SaveAsync(
            data with { Workers = [.. data.Workers.Where(one => one.Id != worker)] },
            new DirectoryOrigin("test", DirectoryOrigin.Package));
        await Eventually.TrueAsync(
            async () => await _app.AskAsync(token) == HttpStatusCode.Unauthorized, "the worker is nobody");
        _app.Services.GetRequiredService<LiveDirectory>().Current.Workers.ShouldContainKey(worker);
    }

    private static string Unsigned(string token) => string.Join(
        '.', Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}"), token.Split('.')[1], "");
}
