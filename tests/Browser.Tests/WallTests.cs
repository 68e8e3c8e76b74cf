using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;
using Microsoft.Playwright;

namespace GridMesh.Browser.Tests;

public sealed class WallTests(Chromium chromium)
{
    [Fact(DisplayName = "[WP2] in a browser: a reported case is on the district's wall within a second")]
    public async Task WithinASecond()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        await using var app = await MeshApp.StartAsync();
        var page = await SignInAsync(app.Url);
        var dispatcher = await app.SignInAsync("dispatcher");
        var best = TimeSpan.MaxValue;
        for (var open = 1; open <= 3; open++)
        {
            var started = Stopwatch.GetTimestamp();
            var id = await ReportAsync(dispatcher, SmallDistrict.Grid);
            await NumberAsync(page, "tile-open", open);
            await page.GetByTestId($"feed-{id}").WaitForAsync();
            var took = Stopwatch.GetElapsedTime(started);
            best = took < best ? took : best;
        }

        // The issue's own promise; the best of three, since other suites share the machine.
        best.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        await NumberAsync(page, "tile-reported", 3);
        await page.CloseAsync();
    }

    [Fact(DisplayName = "[RU5] in a browser: drilling down tier by tier shows the same sums, and the breadcrumb leads back")]
    public async Task DrillDown()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        await using var app = await MeshApp.StartAsync();
        var dispatcher = await app.SignInAsync("dispatcher");
        foreach (var grid in new[] { SmallDistrict.Grid, SmallDistrict.Grid, SmallDistrict.Neighbour, SmallDistrict.FarGrid })
        {
            await ReportAsync(dispatcher, grid);
        }

        var page = await SignInAsync(app.Url);
        await NumberAsync(page, "tile-open", 4);
        foreach (var (code, open) in new[] { (SmallDistrict.Town, 3), (SmallDistrict.Community, 3), (SmallDistrict.Grid, 2) })
        {
            await page.GetByTestId($"rank-{code}").ClickAsync();
            await NumberAsync(page, "tile-open", open);
        }

        await page.GetByTestId($"crumb-{SmallDistrict.Code}").ClickAsync();
        await NumberAsync(page, "tile-open", 4);
        await page.CloseAsync();
    }

    [Fact(DisplayName = "[WP3] in a browser: the server is killed and started again, and the wall catches up by itself")]
    public async Task CatchesUp()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        var folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");
        await (await MeshApp.StartAsync(folder)).StopAsync();
        var silo = await SiloProcess.ServeAsync(folder);
        var page = await SignInAsync(silo.Url);
        using (var dispatcher = await DispatcherAsync(silo.Url))
        {
            await ReportAsync(dispatcher, SmallDistrict.Grid);
        }

        await NumberAsync(page, "tile-open", 1);
        await silo.KillAsync();
        await Assertions.Expect(page.GetByTestId("connection")).Not.ToHaveAttributeAsync("data-state", "live", Patiently());
        await using var again = await SiloProcess.ServeAsync(folder, silo.Url);
        using (var dispatcher = await DispatcherAsync(again.Url))
        {
            await ReportAsync(dispatcher, SmallDistrict.FarGrid);
        }

        await NumberAsync(page, "tile-open", 2);
        await Assertions.Expect(page.GetByTestId("connection")).ToHaveAttributeAsync("data-state", "live", Patiently());
        await page.CloseAsync();
        await again.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<IPage> SignInAsync(Uri url)
    {
        var page = await chromium.OpenAsync(url);
        await page.GetByTestId($"signin-viewer-{SmallDistrict.Code}").ClickAsync();
        await page.GetByTestId("tile-open").WaitForAsync();
        await Assertions.Expect(page.GetByTestId("connection")).ToHaveAttributeAsync("data-state", "live", Patiently());
        return page;
    }

    private static LocatorAssertionsToHaveAttributeOptions Patiently() => new() { Timeout = 30_000 };

    private static Task NumberAsync(IPage page, string tile, int value) =>
        Assertions.Expect(page.GetByTestId(tile)).ToHaveAttributeAsync("data-value", $"{value}", Patiently());

    private static async Task<string> ReportAsync(HttpClient client, string grid)
    {
        var answer = await client.PostAsJsonAsync(
            "/api/v1/incidents", new { category = "litter", description = "垃圾", position = SmallDistrict.PointIn(grid) });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<HttpClient> DispatcherAsync(Uri url)
    {
        var client = new HttpClient { BaseAddress = url };
        var answer = await client.PostAsJsonAsync("/dev/tokens", new { role = "dispatcher", area = SmallDistrict.Code });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString());
        return client;
    }
}
