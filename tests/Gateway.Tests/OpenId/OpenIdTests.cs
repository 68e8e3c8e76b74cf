using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Accounts;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Tests.Plumbing.Access;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace GridMesh.Gateway.Tests.OpenId;

public sealed class OpenIdTests : IClassFixture<Issuer>
{
    private readonly Issuer _issuer;
    private readonly MeshApp _app;

    public OpenIdTests(Issuer issuer)
    {
        Assert.SkipUnless(OpenIdProvider.Missing is null, OpenIdProvider.Missing ?? "");
        (_issuer, _app) = (issuer, issuer.App);
    }

    [Fact(DisplayName = "[AC22] whoever signs in at the issuer comes back as who the claims say, with a cookie that no script reads and no token")]
    public async Task SignIn()
    {
        using var browser = await _issuer.SignInAsync("li.na");
        var set = browser.Steps.Single(step => step.Cookies.Contains("gridmesh_page=")).Cookies
            .Split('\n').Single(one => one.StartsWith("gridmesh_page="));
        set.ShouldContain("; path=/; samesite=lax; httponly");
        set.Length.ShouldBeLessThan(2_000);
        var me = await browser.MeAsync();
        (me.Text("sub"), me.Text("name"), me.Text("role"), me.Text("area"))
            .ShouldBe(("li.na", "李娜", "Dispatcher", SmallDistrict.Code));
        var reported = await ReportAsync(browser);
        reported.StatusCode.ShouldBe(HttpStatusCode.Created, await reported.Content.ReadAsStringAsync());
        var history =
            (await (await browser.CallAsync(HttpMethod.Get, $"/api/v1/incidents/{(await reported.JsonAsync()).Id()}"))
                .JsonAsync()).ToString();
        history.ShouldContain("li.na");
        await using var hub = browser.Hub();
        await hub.StartAsync();
        (await hub.InvokeAsync<JsonElement>("Watch", SmallDistrict.Code, null)).Text("kind").ShouldBe("snapshot");
        _issuer.Log.Events.ShouldContain(
            one => one.Number == 4010 && one.Text.StartsWith("li.na signed in from 127.0.0.1"));
    }

    [Fact(DisplayName = "[AC22] an answer that was not asked for by this browser signs nobody in, and nobody is sent to another site")]
    public async Task Forged()
    {
        await _issuer.Provider.SayAsync("li.na", Issuer.Dispatcher);
        var (one, other) = (new Browser(_app), new Browser(_app));
        using var _ = one;
        using var __ = other;
        var answer = await one.GoAsync("/auth/openid/sign-in", "li.na", until: "/auth/openid/callback");
        (await other.GoAsync(answer.ToString())).Query.ShouldBe("?refused=Failed");
        (await other.AskAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await one.GoAsync(answer.ToString().Replace("state=", "state=x"))).Query.ShouldBe("?refused=Failed");
        (await one.GoAsync($"{_app.Url}auth/openid/callback?error=access_denied")).Query.ShouldBe("?refused=Failed");
        (await one.AskAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        one.Steps.Concat(other.Steps).ShouldNotContain(step => step.Cookies.Contains("gridmesh_page"));
        foreach (var (to, end) in new[] { ("//evil.example", "/"), ("/\\evil.example", "/"),
            ("https://evil.example", "/"), ("/%3Farea=1", "/?area=1") })
            (await one.SignInAsync("li.na", $"?to={to}")).PathAndQuery.ShouldBe(end);
    }

    [Fact(DisplayName = "[AC22] a bearer token counts before the cookie, from any page, and an invalid one is no better for it")]
    public async Task Bearer()
    {
        using var browser = await _issuer.SignInAsync("li.na");
        var key = new JsonWebKey(await _issuer.Provider.KeyAsync());
        var token = TokenForge.Make(
            key, SecurityAlgorithms.RsaSha256, _issuer.Provider.Url.ToString().TrimEnd('/'), "gridmesh");
        (await _app.AskAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await (await browser.CallAsync(HttpMethod.Get, "/auth/me", "cross-site", token: $"Bearer {token}"))
            .JsonAsync()).Text("sub").ShouldBe("v");
        (await browser.CallAsync(HttpMethod.Get, "/auth/me", token: "Bearer x")).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized);
        (await (await browser.CallAsync(
            HttpMethod.Post, "/api/v1/incidents", "cross-site", token: $"Bearer {token}", content: JsonContent.Create(
            new { category = "litter", description = "x", position = SmallDistrict.PointIn(SmallDistrict.Grid) })))
                .CodeAsync()).ShouldBe("RoleMayNot");
    }

    [Fact(DisplayName = "[AC24] the cookie counts for reading wherever the page is from, and for a change or the hub from our own page alone")]
    public async Task CrossSite()
    {
        using var browser = await _issuer.SignInAsync("li.na");
        foreach (var (site, origin, isOurs) in new (string?, string?, bool)[]
        {
            ("same-origin", null, true), ("cross-site", null, false), ("same-site", null, false), ("none", null, false),
            ("cross-site", Origin(_app), false), (null, Origin(_app), true), (null, "https://evil.example", false),
            (null, "null", false), (null, $"{Origin(_app)}.evil.example", false), (null, null, false),
        })
        {
            var answer = await ReportAsync(browser, site, origin);
            answer.StatusCode.ShouldBe(
                isOurs ? HttpStatusCode.Created : HttpStatusCode.Unauthorized, $"{site} {origin}");
        }

        (await browser.CallAsync(HttpMethod.Get, "/api/v1/categories", "cross-site")).StatusCode.ShouldBe(
            HttpStatusCode.OK);
        (await browser.CallAsync(HttpMethod.Post, "/auth/openid/sign-out", "cross-site")).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized);
        (await browser.CallAsync(
            HttpMethod.Post, "/hubs/mesh/negotiate?negotiateVersion=1", "same-site")).StatusCode.ShouldBe(
                HttpStatusCode.Unauthorized);
        (await browser.CallAsync(HttpMethod.Get, "/hubs/mesh?id=x", "cross-site")).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized);
        await using var hub = browser.Hub("cross-site");
        (await Should.ThrowAsync<Exception>(() => hub.StartAsync())).Message.ShouldContain("401");
        (await browser.AskAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact(DisplayName = "[AC25] a session is renewed before its time; refused by the issuer it ends at once, for calls and connections alike")]
    public async Task Renewal()
    {
        await using var app = await _issuer.ServeAsync(tokenSeconds: 4);
        var accounts = app.Services.GetRequiredService<IAccountStore>();
        using var browser = await _issuer.SignInAsync("wang", app: app);
        var reason = new TaskCompletionSource<string>();
        await using var hub = browser.Hub();
        hub.On<string>("closing", reason.SetResult);
        await hub.StartAsync();
        var begun = (await accounts.ListSessionsAsync("wang")).Single();
        await Eventually.TrueAsync(
            async () =>
                (await accounts.ListSessionsAsync("wang")).Single().RenewedAt > begun.RenewedAt,
                "the session is renewed");
        (await accounts.ListSessionsAsync("wang")).Single().Grant!.RefreshToken.ShouldNotBe(begun.Grant!.RefreshToken);
        (await browser.AskAsync()).ShouldBe(HttpStatusCode.OK);

        await _issuer.Provider.DisableAsync("wang");
        await Eventually.TrueAsync(
            async () => await browser.AskAsync() == HttpStatusCode.Unauthorized, "the session has ended");
        (await reason.Task.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe("TokenRevoked");
        (await accounts.ListSessionsAsync("wang")).ShouldBeEmpty();
        _issuer.Log.Events.ShouldContain(one => one.Number == 4016 && one.Text.Contains("renews it no more"));
    }

    [Fact(DisplayName = "[AC25] other rights at the issuer end the session, another name does not, and while it is away sessions go on")]
    public async Task Changes()
    {
        await using var app = await _issuer.ServeAsync(tokenSeconds: 2);
        var accounts = app.Services.GetRequiredService<IAccountStore>();
        var (one, other) = (await _issuer.SignInAsync("one", app: app), await _issuer.SignInAsync("other", app: app));
        using var _ = one;
        using var __ = other;
        await _issuer.Provider.SayAsync("one", new { name = "李娜娜", role = "dispatcher", area = SmallDistrict.Code });
        await _issuer.Provider.SayAsync("other", new { name = "李娜", role = "admin", area = SmallDistrict.Code });
        await Eventually.TrueAsync(
            async () => await other.AskAsync() == HttpStatusCode.Unauthorized, "other rights are another session");
        await Eventually.TrueAsync(async () => (await accounts.ListSessionsAsync("one")).Single() is { } held
            && held.RenewedAt > held.CreatedAt, "it is renewed");
        await _issuer.Provider.BeAwayAsync(true);
        await Eventually.TrueAsync(() => _issuer.Log.Events.Any(told => told.Number == 4017), "it was asked in vain");
        (await one.AskAsync()).ShouldBe(HttpStatusCode.OK);
        await _issuer.Provider.BeAwayAsync(false);
    }

    [Fact(DisplayName = "[AC25] without a refresh token a session ends with what the issuer gave")]
    public async Task NoRefresh()
    {
        await using var app = await _issuer.ServeAsync(tokenSeconds: 3, refresh: false);
        using var browser = await _issuer.SignInAsync("li.na", app: app);
        await Eventually.TrueAsync(
            async () => await browser.AskAsync() == HttpStatusCode.Unauthorized, "the session has ended");
    }

    [Fact(DisplayName = "[AC26] signing out ends the session here, a copy of its cookie with it, and at the issuer")]
    public async Task SignOut()
    {
        var (browser, thief) = (await _issuer.SignInAsync("li.na"), new Browser(_app));
        using var _ = browser;
        using var __ = thief;
        thief.Cookies.Add(browser.Cookies.GetCookies(_app.Url)["gridmesh_page"]!);
        (await thief.AskAsync()).ShouldBe(HttpStatusCode.OK);
        var there = await browser.SignOutAsync();
        (await thief.AskAsync()).ShouldBe(HttpStatusCode.Unauthorized, "before the issuer knows");
        (await browser.GoAsync(there)).ShouldBe(_app.Url);
        browser.Cookies.GetCookies(_app.Url).ShouldNotContain(cookie => cookie.Name == "gridmesh_page");
        (await browser.AskAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        browser.Steps.Clear();
        await browser.SignInAsync("li.na");
        browser.Steps.ShouldContain(
            step => step.Url.AbsolutePath.StartsWith("/interaction/"), "the issuer asks who it is");
        var signedOut = await browser.CallAsync(HttpMethod.Post, "/auth/openid/sign-out", overTls: true);
        signedOut.Headers.GetValues("Set-Cookie").Single().ShouldContain("; path=/; secure; samesite=lax; httponly");
    }

    [Fact(DisplayName = "[AC26] whoever signs out at the issuer is signed out here; what only looks like its word is not heard")]
    public async Task SignedOutThere()
    {
        var (browser, other) = (await _issuer.SignInAsync("li.na"), await _issuer.SignInAsync("li.na"));
        using var _ = browser;
        using var __ = other;
        var key = new JsonWebKey(await _issuer.Provider.KeyAsync());
        var noEvent = TokenForge.Make(
            key, SecurityAlgorithms.RsaSha256, _issuer.Provider.Url.ToString().TrimEnd('/'), "gridmesh");
        foreach (var token in new[] { "", "x", noEvent })
        {
            (await browser.CallAsync(
                HttpMethod.Post, "/auth/openid/logout",
                content: new FormUrlEncodedContent([new("logsignedOuttoken", token)])))
                .StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        await browser.GoAsync(new Uri(_issuer.Provider.Url, "/session/end").ToString());
        await Eventually.TrueAsync(
            async () => await browser.AskAsync() == HttpStatusCode.Unauthorized, "the session has ended here");
        (await other.AskAsync()).ShouldBe(HttpStatusCode.OK, "another browser is another session");
    }

    [Fact(DisplayName = "[AC26] a session is called back, or all of somebody ended, as those of accounts; a worker who left is nobody")]
    public async Task CalledBack()
    {
        var (one, other) = (await _issuer.SignInAsync("zhao"), await _issuer.SignInAsync("zhao"));
        using var _ = one;
        using var __ = other;
        var session = (await _app.Services.GetRequiredService<IAccountStore>().ListSessionsAsync("zhao"))[^1];
        var now = TimeProvider.System.GetUtcNow();
        await _app.Services.GetRequiredService<ITokenStore>().RevokeAsync(session.Id, now, now.AddHours(13));
        await Eventually.TrueAsync(
            async () => await one.AskAsync() == HttpStatusCode.Unauthorized, "it is called back");
        (await other.AskAsync()).ShouldBe(HttpStatusCode.OK);
        await _app.Services.GetRequiredService<SignInService>().EndAllAsync("zhao", default);
        (await other.AskAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        var tokens = _app.Services.GetRequiredService<ITokenStore>();
        var admin = new TokenAdmin(
            tokens, _app.Services.GetRequiredService<TokenSigner>(), new AuthOptions { SessionHours = 720 },
            TimeProvider.System);
        await admin.RevokeAsync("long");
        (await tokens.ReadAsync(now.AddHours(720))).Revoked.ShouldContain("long", "as long as a session may live");
        for (var i = 0; i <= AccountSession.CountMax; i++)
        {
            using var again = await _issuer.SignInAsync("many");
        }

        (await _app.Services.GetRequiredService<IAccountStore>().ListSessionsAsync("many")).Count.ShouldBe(
            AccountSession.CountMax);
    }

    [Fact(DisplayName = "[AC27] a cookie outlives a restart, and the keys that it needs lie sealed in the database")]
    public async Task Restart()
    {
        var first = await _issuer.Provider.ServeAsync();
        using var browser = await _issuer.SignInAsync("li.na", app: first);
        var folder = await first.StopAsync();
        await using (var second = await _issuer.Provider.ServeAsync(folder: folder))
        {
            using var same = new Browser(second);
            same.Cookies.Add(browser.Cookies.GetCookies(_app.Url)["gridmesh_page"]!);
            (await same.AskAsync()).ShouldBe(HttpStatusCode.OK);
            (await second.Services.GetRequiredService<IKeyRing>().ListAsync()).Single().ShouldContain("<key ");
        }

        System.IO.Directory.Delete(folder, recursive: true);
    }

    private static string Origin(MeshApp app) => app.Url.GetLeftPart(UriPartial.Authority);

    private static Task<HttpResponseMessage> ReportAsync(
        Browser browser, string? site = "same-origin", string? origin = null) =>
        browser.CallAsync(HttpMethod.Post, "/api/v1/incidents", site, origin, content: JsonContent.Create(
            new { category = "litter", description = "垃圾堆放", position = SmallDistrict.PointIn(SmallDistrict.Grid) }));
}
