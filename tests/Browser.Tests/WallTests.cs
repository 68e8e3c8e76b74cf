using System.Collections.Concurrent;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;
using Microsoft.Playwright;

namespace GridMesh.Browser.Tests;

public sealed class WallTests(Chromium chromium)
{
    [Fact(DisplayName = "[WP2] in a browser: a reported case is on the district's wall, which asks nothing for it")]
    public async Task ByItself()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        await using var app = await MeshApp.StartAsync();
        var page = await chromium.SignInAsync(app.Url);
        var dispatcher = await app.SignInAsync("dispatcher");
        await page.NumberAsync("tile-open", 0);
        await Assertions.Expect(page.GetByTestId("connection"))
            .ToHaveAttributeAsync("data-state", "live", WallWords.Patiently());
        // The map opens beside the panels: once it counts, all that opening asks for has come.
        await Assertions.Expect(page.GetByTestId("map").Locator(".label b").First)
            .ToHaveTextAsync("0", WallWords.PatientlyRead());
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, request) => asked.Enqueue(new Uri(request.Url).AbsolutePath);
        for (var open = 1; open <= 3; open++)
        {
            var id = await dispatcher.ReportAsync(SmallDistrict.Grid);
            await page.NumberAsync("tile-open", open);
            await page.GetByTestId($"feed-{id}").WaitForAsync();
        }

        // How soon is what the load tests measure: other suites share this machine.
        await page.NumberAsync("tile-reported", 3);
        // The map's worker is a part of the page, and told of only after it runs.
        asked.Where(path => !path.StartsWith("/wall/assets/", StringComparison.Ordinal)).ShouldBeEmpty();
        await page.CloseAsync();
    }

    [Fact(DisplayName = "[RU5] in a browser: drilling down tier by tier shows the same sums, and the breadcrumb leads back")]
    public async Task DrillDown()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        await using var app = await MeshApp.StartAsync();
        var dispatcher = await app.SignInAsync("dispatcher");
        foreach (var grid in new[] { SmallDistrict.Grid, SmallDistrict.Grid, SmallDistrict.Neighbour,
            SmallDistrict.FarGrid })
            await dispatcher.ReportAsync(grid);

        var page = await chromium.SignInAsync(app.Url);
        await page.NumberAsync("tile-open", 4);
        foreach (var (code, open) in new[] { (SmallDistrict.Town, 3), (SmallDistrict.Community, 3),
            (SmallDistrict.Grid, 2) })
        {
            await page.GetByTestId($"rank-{code}").ClickAsync();
            await page.NumberAsync("tile-open", open);
        }

        await page.GetByTestId($"crumb-{SmallDistrict.Code}").ClickAsync();
        await page.NumberAsync("tile-open", 4);
        await page.CloseAsync();
    }

    [Fact(DisplayName = "[WP3] in a browser: the server is killed and started again, and the wall catches up by itself")]
    public async Task CatchesUp()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        var folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");
        await (await MeshApp.StartAsync(folder)).StopAsync();
        var silo = await SiloProcess.ServeAsync(folder);
        var page = await chromium.SignInAsync(silo.Url);
        using (var dispatcher = await WallWords.DispatcherAsync(silo.Url))
        {
            await dispatcher.ReportAsync(SmallDistrict.Grid);
        }

        await page.NumberAsync("tile-open", 1);
        await silo.KillAsync();
        await Assertions.Expect(page.GetByTestId("connection")).Not.ToHaveAttributeAsync(
            "data-state", "live", WallWords.Patiently());
        await using var again = await SiloProcess.ServeAsync(folder, silo.Url);
        using (var dispatcher = await WallWords.DispatcherAsync(again.Url))
        {
            await dispatcher.ReportAsync(SmallDistrict.FarGrid);
        }

        await page.NumberAsync("tile-open", 2);
        await Assertions.Expect(page.GetByTestId("connection"))
            .ToHaveAttributeAsync("data-state", "live", WallWords.Patiently());
        await page.CloseAsync();
        await again.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
