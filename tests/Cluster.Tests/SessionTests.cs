using System.Net;
using GridMesh.Gateway.Tests.OpenId;
using GridMesh.Product.Fixture;

namespace GridMesh.Cluster.Tests;

/// <summary>Whom one gateway lets in all know, and whom one signs out as well.</summary>
public sealed class SessionTests
{
    private const string Asked = "/api/v1/categories";

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
        await Eventually.TrueAsync(
            async () => await browser.AskAsync(Asked) == HttpStatusCode.Unauthorized, "it is refused everywhere");
    }
}
