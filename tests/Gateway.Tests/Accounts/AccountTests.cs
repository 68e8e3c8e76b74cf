using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Accounts;
using GridMesh.Gateway.Tests.Plumbing.Access;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Gateway.Tests.Accounts;

public sealed class AccountTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly EventRecorder _log = new(4010, 4019);
    private MeshApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await MeshApp.StartAsync(
        services: services => services.AddSingleton<ILoggerProvider>(_log),
        settings: ["--GridMesh:Limits:SignInPerSecond=1000", "--GridMesh:Limits:SignInBurst=1000"]);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact(DisplayName = "[AC18] a first password opens nothing but its own change; then name and password give a token for what the account may")]
    public async Task FirstPassword()
    {
        var first = await AddAsync("li.na");
        var answer = await SignInAsync("li.na", first);
        (await answer.CodeAsync()).ShouldBe("PasswordHasToBeChanged");
        (await _app.Http.PostAsJsonAsync(
            "/auth/password", new { name = "li.na", password = first, newPassword = "li.na li.na li.na" }))
            .StatusCode.ShouldBe(HttpStatusCode.BadRequest, "it holds the name");
        (await ChangeAsync("li.na", "another one, wrong", Password)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ChangeAsync("li.na", first, Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await SignInAsync("li.na", first)).CodeAsync()).ShouldBe("SignInRefused");
        var token = await TokenOfAsync(await SignInAsync("LI.NA", Password));
        using var client = Client(token);
        var me = await client.GetFromJsonAsync<JsonElement>("/auth/me");
        (me.Text("sub"), me.Text("role"), me.Text("area")).ShouldBe(("li.na", "Dispatcher", SmallDistrict.Code));
        (await client.GetAsync($"/api/v1/areas/{SmallDistrict.Code}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact(DisplayName = "[AC18, AC20] wrong name, wrong password, wrong code, disabled and locked are one answer, and an event each")]
    public async Task OneAnswer()
    {
        await OpenAsync("a");
        await OpenAsync("coded", secret: [1, 2, 3]);
        await OpenAsync("gone");
        await _app.Services.GetRequiredService<AccountChanges>()
            .ChangeAsync("gone", one => one with { IsDisabled = true }, default);
        await OpenAsync("locked");
        await _app.Services.GetRequiredService<AccountChanges>().ChangeAsync(
            "locked", one => one with { LockedUntil = TimeProvider.System.GetUtcNow().AddHours(1) }, default);
        var answers = new List<string>();
        foreach (var (name, password, code) in new[]
        {
            ("nobody", Password, null), ("a", "x", null), ("coded", Password, null), ("coded", Password, "000000"),
            ("gone", Password, null),
            ("locked", Password, null),
        })
        {
            var answer = await SignInAsync(name, password, code);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
            answers.Add(await answer.Content.ReadAsStringAsync());
        }

        answers.Distinct().Count().ShouldBe(1);
        _log.Events.Count(one => one.Number == 4011).ShouldBe(6);
        _log.Events.ShouldNotContain(one => one.Text.Contains(Password));
    }

    [Fact(DisplayName = "[AC18] attempts are counted before they are looked at: twenty at once are five, and then even the right password waits")]
    public async Task Lockout()
    {
        await OpenAsync("victim");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SignInAsync("victim", $"guess number {i}")));
        var account = (await _app.Services.GetRequiredService<IAccountStore>().FindAsync("victim"))!;
        account.Failures.ShouldBeInRange(1, AccountCheck.FreeAttempts);
        while (account.Failures < AccountCheck.FreeAttempts)
        {
            await SignInAsync("victim", "guess");
            account = (await _app.Services.GetRequiredService<IAccountStore>().FindAsync("victim"))!;
        }

        account.LockedUntil.ShouldNotBeNull().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddSeconds(20));
        (await SignInAsync("victim", Password)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact(DisplayName = "[AC18] pauses double up to a quarter of an hour, and the right password ends the count")]
    public async Task Pauses()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var store = _app.Services.GetRequiredService<IAccountStore>();
        var check = new AccountCheck(
            store, _app.Services.GetRequiredService<Passwords>(), _app.Services.GetRequiredService<SignInLog>(), time);
        await OpenAsync("slow");
        var pauses = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            (await check.CheckAsync(new Credentials("slow", "wrong", null, "x", false), default)).ShouldBeNull();
            var until = (await store.FindAsync("slow"))!.LockedUntil ?? time.GetUtcNow();
            pauses.Add((until - time.GetUtcNow()).TotalSeconds);
            time.SetUtcNow(until);
        }

        pauses.ShouldBe([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
        (await check.CheckAsync(new Credentials("slow", Password, null, "x", false), default))
            .ShouldNotBeNull().Failures.ShouldBe(0);
    }

    [Fact(DisplayName = "[AC18] with a second factor a code is needed, and none is taken twice")]
    public async Task SecondFactor()
    {
        var secret = OneTimeCode.NewSecret();
        await OpenAsync("coded", secret);
        var code = OneTimeCode.Code(secret, TimeProvider.System.GetUtcNow());
        (await SignInAsync("coded", Password, code)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SignInAsync("coded", Password, code)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact(DisplayName = "[AC19] the cookie is for these endpoints alone, changes at each renewal, and one that comes again later ends the session")]
    public async Task Renewal()
    {
        await OpenAsync("a");
        var answer = await SignInAsync("a", Password);
        var token = await TokenOfAsync(answer);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var set = answer.Headers.GetValues("Set-Cookie").Single();
        set.ShouldContain("; path=/auth; samesite=strict; httponly");
        var first = CookieOf(answer);
        var renewed = await RefreshAsync(first);
        renewed.StatusCode.ShouldBe(HttpStatusCode.OK);
        var second = CookieOf(renewed);
        second.ShouldNotBe(first);
        var beside = await RefreshAsync(first);
        (beside.StatusCode, beside.Headers.Contains("Set-Cookie")).ShouldBe((HttpStatusCode.OK, false));
        (await RefreshAsync(second[..^1] + (second[^1] == '0' ? '1' : '0'))).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden);
        (await RefreshAsync("rubbish")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var store = _app.Services.GetRequiredService<IAccountStore>();
        var session = (await store.ListSessionsAsync("a")).Single();
        await store.EndSessionAsync(session.Id);
        await store.AddSessionAsync(
            session with { RenewedAt = session.RenewedAt - SignInService.Overlap - TimeSpan.FromSeconds(1) });
        (await RefreshAsync(first)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await RefreshAsync(second)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "it was stolen from one of two");
        (await _app.AskAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        _log.Events.ShouldContain(one => one.Number == 4014);
    }

    [Fact(DisplayName = "[AC19, AC17] signing out, another password and disabling end sessions and their tokens at once")]
    public async Task Ends()
    {
        await OpenAsync("a");
        var changes = _app.Services.GetRequiredService<AccountChanges>();
        foreach (var end in new Func<string, Task>[]
        {
            async cookie => (await PostAsync("/auth/sign-out", cookie)).StatusCode.ShouldBe(HttpStatusCode.NoContent),
            async _ =>
                (await ChangeAsync("a", Password, "quite another phrase")).StatusCode.ShouldBe(
                    HttpStatusCode.NoContent),
            async _ => (await changes.ChangeAsync("a", one => one with { IsDisabled = true }, default)).ShouldBeTrue(),
        })
        {
            var answer = await SignInAsync("a", Password);
            if (!answer.IsSuccessStatusCode)
                answer = await SignInAsync("a", "quite another phrase");

            var token = await TokenOfAsync(answer);
            (await _app.AskAsync(token)).ShouldBe(HttpStatusCode.OK);
            await end(CookieOf(answer));
            (await _app.AskAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
            (await RefreshAsync(CookieOf(answer))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact(DisplayName = "[AC28] who is signed in reads where else and ends one session of its own, and nobody else's")]
    public async Task Sessions()
    {
        await OpenAsync("a");
        await OpenAsync("b");
        using var here = Client(await TokenOfAsync(await SignInAsync("a", Password)));
        var elsewhere = await TokenOfAsync(await SignInAsync("a", Password));
        using var other = Client(await TokenOfAsync(await SignInAsync("b", Password)));
        async Task<JsonElement[]> ReadAsync(HttpClient client) =>
            [.. (await client.GetFromJsonAsync<JsonElement>("/auth/sessions")).GetProperty("items").EnumerateArray()];
        var mine = await ReadAsync(here);
        mine.Select(one => one.GetProperty("isThis").GetBoolean()).ShouldBe([false, true]);
        (await ReadAsync(other)).Length.ShouldBe(1);
        using var device = await _app.SignInAsync("viewer");
        (await ReadAsync(device)).ShouldBeEmpty("its token is of no session");

        var end = $"/auth/sessions/{mine[0].Text("id")}";
        (await other.DeleteAsync(end)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _app.AskAsync(elsewhere)).ShouldBe(HttpStatusCode.OK, "it is not the other's to end");
        (await here.DeleteAsync(end)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _app.AskAsync(elsewhere)).ShouldBe(HttpStatusCode.Unauthorized);
        (await ReadAsync(here)).Length.ShouldBe(1);
        (await _app.Http.GetAsync("/auth/sessions")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact(DisplayName = "[AC29] a code is not used up by the answer that the first password has to be changed")]
    public async Task CodeOfFirst()
    {
        var secret = OneTimeCode.NewSecret();
        var first = await AddAsync("first", secret);
        var code = OneTimeCode.Code(secret, TimeProvider.System.GetUtcNow());
        (await (await SignInAsync("first", first, "000000")).CodeAsync()).ShouldBe("SignInRefused");
        (await (await SignInAsync("first", first, code)).CodeAsync()).ShouldBe("PasswordHasToBeChanged");
        (await _app.Http.PostAsJsonAsync(
            "/auth/password", new { name = "first", password = first, code, newPassword = Password }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await SignInAsync("first", Password, code)).CodeAsync()).ShouldBe("SignInRefused", "it is good once");
    }

    [Fact(DisplayName = "[AC20] an address tries few passwords a second; behind a named proxy it is the caller's, from anybody else its own word is not heard")]
    public async Task Limits()
    {
        string[] few = ["--GridMesh:Limits:SignInPerSecond=1", "--GridMesh:Limits:SignInBurst=2"];
        await using var proxied = await MeshApp.StartAsync(
            services: MeshApp.StandStill, settings: [.. few, "--GridMesh:Gateway:TrustedProxies=127.0.0.1"]);
        await using var open = await MeshApp.StartAsync(services: MeshApp.StandStill, settings: few);
        async Task<HttpStatusCode[]> TryAsync(MeshApp app)
        {
            var answers = new List<HttpStatusCode>();
            for (var i = 0; i < 6; i++)
            {
                using var sent = new HttpRequestMessage(
                    HttpMethod.Post,
                    "/auth/sign-in") { Content = JsonContent.Create(new { name = "x", password = "y" }) };
                sent.Headers.Add("X-Forwarded-For", $"192.0.2.{i}");
                answers.Add((await app.Http.SendAsync(sent)).StatusCode);
            }

            return [.. answers];
        }

        (await TryAsync(proxied)).ShouldAllBe(status => status == HttpStatusCode.Forbidden);
        var refused = await TryAsync(open);
        refused[..2].ShouldAllBe(status => status == HttpStatusCode.Forbidden);
        refused[2..].ShouldAllBe(status => status == HttpStatusCode.TooManyRequests);
    }

    private Task<string?> AddAsync(string name, byte[]? secret = null) =>
        _app.Services.GetRequiredService<AccountChanges>().AddAsync(
            new Account(
                name, name, Role.Dispatcher, AreaCode.Parse(SmallDistrict.Code), null, [], "", true,
                TimeProvider.System.GetUtcNow(),
                CodeSecret: secret),
            default);

    private async Task OpenAsync(string name, byte[]? secret = null)
    {
        (await AddAsync(name, secret)).ShouldNotBeNull();
        var account = (await _app.Services.GetRequiredService<IAccountStore>().FindAsync(name))!;
        await _app.Services.GetRequiredService<AccountChanges>()
            .SetPasswordAsync(account, Password, mustChange: false, default);
    }

    private Task<HttpResponseMessage> SignInAsync(string name, string? password, string? code = null) =>
        _app.Http.PostAsJsonAsync("/auth/sign-in", new { name, password, code });

    private Task<HttpResponseMessage> ChangeAsync(string name, string? password, string newPassword) =>
        _app.Http.PostAsJsonAsync("/auth/password", new { name, password, newPassword });

    private Task<HttpResponseMessage> RefreshAsync(string cookie) => PostAsync("/auth/refresh", cookie);

    private async Task<HttpResponseMessage> PostAsync(string path, string cookie)
    {
        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = _app.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("Cookie", $"{AccountEndpoints.Cookie}={cookie}");
        return await plain.SendAsync(request);
    }

    private HttpClient Client(string token)
    {
        var client = new HttpClient { BaseAddress = _app.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<string> TokenOfAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync()).Text("token");
    }

    private static string CookieOf(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=')[1];
}
