using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using GridMesh.Gateway.Tests.OpenId;
using GridMesh.Product.Fixture;

namespace GridMesh.Cluster.Tests;

/// <summary>Whom one gateway lets in all know, and whom one signs out as well.</summary>
public sealed partial class SessionTests
{
    private const string Asked = "/api/v1/categories";

    /// <summary>AC14: two seconds, and what a busy machine takes for a call.</summary>
    private static readonly TimeSpan s_inForce = TimeSpan.FromSeconds(4);

    [Fact(DisplayName = "[AC14, AC26, AC27] the cookie of an issuer's session counts at every gateway, and who signs out at one is refused by the other")]
    public async Task OfAnIssuer()
    {
        const string Client = "gridmesh";
        Assert.SkipUnless(OpenIdProvider.Missing is null, OpenIdProvider.Missing ?? "");
        await using var provider = await OpenIdProvider.StartAsync();
        var (cluster, _) = await MeshCluster.StartAsync(1, MeshCluster.Patient);
        await using var __ = cluster;
        var here = await cluster.AddGatewayAsync(settings: provider.SettingsOf(Client));
        var there = await cluster.AddGatewayAsync(settings: provider.SettingsOf(Client));
        await provider.KnowAsync(Client, here.Url);
        await provider.SayAsync("li.na", new { name = "李娜", role = "dispatcher", area = SmallDistrict.Code });
        using var browser = new Browser(here.Url);
        using var other = new Browser(there.Url);
        await browser.SignInAsync("li.na");
        (await browser.AskAsync(Asked)).ShouldBe(HttpStatusCode.OK);

        // The same browser sends its cookie to both: a cookie knows no ports.
        other.Cookies.Add(browser.Cookies.GetCookies(here.Url)["gridmesh_page"]!);
        (await other.AskAsync(Asked)).ShouldBe(HttpStatusCode.OK, "the other gateway knows the session");
        await other.SignOutAsync();
        await RefusedAsync(() => browser.AskAsync(Asked));
    }

    [Fact(DisplayName = "[AC14, AC19] the session of an account goes on at every gateway, and who signs out at one is refused by the other")]
    public async Task OfAnAccount()
    {
        const string Password = "correct horse battery";
        var (cluster, _) = await MeshCluster.StartAsync(1, MeshCluster.Patient);
        await using var __ = cluster;
        var said = await cluster.RunAsync(
            "accounts", "add", "li.na", "--role", "dispatcher", "--area", SmallDistrict.Code);
        var cookies = new CookieContainer();
        using var here = Client((await cluster.AddGatewayAsync()).Url, cookies);
        using var there = Client((await cluster.AddGatewayAsync()).Url, cookies);
        var change = await here.PostAsJsonAsync(
            "/auth/password",
            new { name = "li.na", password = First().Match(said).Groups[1].Value, newPassword = Password });
        change.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await SignAsync(here, await here.PostAsJsonAsync("/auth/sign-in", new { name = "li.na", password = Password }));
        (await here.GetAsync(Asked)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await SignAsync(there, await there.PostAsync("/auth/refresh", null));
        (await there.GetAsync(Asked)).StatusCode.ShouldBe(HttpStatusCode.OK, "the other gateway knows the session");
        (await there.PostAsync("/auth/sign-out", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await RefusedAsync(async () => (await here.GetAsync(Asked)).StatusCode);
        (await here.PostAsync("/auth/refresh", null)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    private static HttpClient Client(Uri url, CookieContainer cookies) =>
        new(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = url };

    private static async Task SignAsync(HttpClient client, HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private static async Task RefusedAsync(Func<Task<HttpStatusCode>> ask)
    {
        var since = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(async () => await ask() == HttpStatusCode.Unauthorized, "it is refused everywhere");
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(s_inForce);
    }

    [GeneratedRegex(@"first password \S+ (\S+)")]
    private static partial Regex First();
}
