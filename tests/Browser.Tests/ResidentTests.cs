using System.Collections.Concurrent;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;
using Microsoft.Playwright;

namespace GridMesh.Browser.Tests;

public sealed class ResidentTests(Chromium chromium)
{
    [Theory(DisplayName = "[PG3, PG8, PG13] a resident's day on a phone: reported in three taps, followed by the number, rated when it is done")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Day(bool runsScripts)
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        await using var app = await MeshApp.StartAsync();
        var page = await chromium.OpenPhoneAsync(
            new Uri(app.Url, "/public"), SmallDistrict.PointIn(SmallDistrict.Grid), runsScripts);
        await page.GetByRole(AriaRole.Main).GetByText("上报问题").ClickAsync();
        await page.Locator("input[value=litter]").CheckAsync();
        if (runsScripts)
            await page.GetByText("用我现在的位置").ClickAsync();
        else
            await page.Locator("#grid").SelectOptionAsync(SmallDistrict.Grid);

        if (runsScripts)
            await Assertions.Expect(page.GetByText("已取得当前位置")).ToBeVisibleAsync();

        await page.GetByText("提交", new PageGetByTextOptions { Exact = true }).ClickAsync();
        var number = (await page.GetByTestId("number").TextContentAsync())!;
        number.ShouldStartWith(SmallDistrict.Grid);

        await page.GotoAsync(new Uri(app.Url, "/public").ToString());
        await page.Locator("#id").FillAsync(number);
        await page.GetByText("查询", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("state")).ToHaveAttributeAsync("data-step", "Reported");
        await app.CloseAsync(number);

        // A script asks by itself; without one the page is asked for again.
        if (!runsScripts)
            await page.ReloadAsync();

        await Assertions.Expect(page.GetByTestId("state"))
            .ToHaveAttributeAsync("data-step", "Closed", WallWords.Patiently());
        await Assertions.Expect(page.GetByTestId("text")).ToHaveTextAsync("已办");
        await page.Locator("input[name=score][value='5']").CheckAsync();
        await page.GetByText("提交评价").ClickAsync();
        await Assertions.Expect(page.GetByTestId("state")).ToHaveAttributeAsync("data-step", "Evaluated");
        await Assertions.Expect(page.GetByTestId("score")).ToHaveTextAsync("5 分");
        await page.Context.CloseAsync();
    }

    [Theory(DisplayName = "[PG6, PG13] the server is killed while a resident writes: the page says so, what was typed stays and is sent when the server is back")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Away(bool runsScripts)
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        const string Words = "桥下有垃圾";
        var folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");
        await (await MeshApp.StartAsync(folder)).StopAsync();
        var silo = await SiloProcess.ServeAsync(folder);
        var page = await chromium.OpenPhoneAsync(
            new Uri(silo.Url, "/public/report"), SmallDistrict.PointIn(SmallDistrict.Grid), runsScripts);
        var send = page.GetByText("提交", new PageGetByTextOptions { Exact = true });
        await page.Locator("input[value=litter]").CheckAsync();
        await page.Locator("#grid").SelectOptionAsync(SmallDistrict.Grid);
        await page.Locator("#description").FillAsync(Words);
        await silo.KillAsync();
        await send.ClickAsync();
        if (runsScripts)
        {
            await Assertions.Expect(page.GetByText("没有连上服务器")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("#description")).ToHaveValueAsync(Words);
        }

        await using var again = await SiloProcess.ServeAsync(folder, silo.Url);
        if (!runsScripts)
            await page.GoBackAsync();

        await Assertions.Expect(page.Locator("#description")).ToHaveValueAsync(Words);
        await Assertions.Expect(page.Locator("input[value=litter]")).ToBeCheckedAsync();
        await send.ClickAsync();
        await Assertions.Expect(page.GetByTestId("state")).ToHaveAttributeAsync("data-step", "Reported");
        await Assertions.Expect(page.GetByText(Words)).ToBeVisibleAsync();
        if (runsScripts)
        {
            await again.KillAsync();
            await Assertions.Expect(page.GetByText("没有连上服务器，下面是"))
                .ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 60_000 });
        }

        await page.Context.CloseAsync();
        await again.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact(DisplayName = "[PG5, PG6] in a browser: a place that was touched on the map is the report's, and a form that was half filled in is there when it is loaded anew")]
    public async Task Map()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        await using var app = await MeshApp.StartAsync();
        var page = await chromium.OpenPhoneAsync(
            new Uri(app.Url, "/public/report"), SmallDistrict.PointIn(SmallDistrict.Grid));
        await page.Locator("input[value=litter]").CheckAsync();
        await page.GetByText("在地图上点选").ClickAsync();
        var map = page.Locator("svg[data-frame]");
        var box = (await map.BoundingBoxAsync())!;

        // The eighth of eight grids from west to east.
        await map.ClickAsync(new LocatorClickOptions
        {
            Position = new Position { X = box.Width * 0.9f, Y = box.Height * 0.3f },
        });
        await Assertions.Expect(page.GetByText($"已选定位置。区域{SmallDistrict.OtherTown}")).ToBeVisibleAsync();
        await page.Locator("#description").FillAsync("桥下");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#description")).ToHaveValueAsync("桥下");
        await page.GetByText("提交", new PageGetByTextOptions { Exact = true }).ClickAsync();
        (await page.GetByTestId("number").TextContentAsync())!.ShouldStartWith(SmallDistrict.FarGrid);
        await page.Context.CloseAsync();
    }

    [Fact(DisplayName = "[PG2] no page asks another host than its own")]
    public async Task OwnHost()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        await using var app = await MeshApp.StartAsync();
        var hosts = new ConcurrentDictionary<string, bool>();
        var wall = await chromium.OpenAsync(app.Url);
        wall.Request += (_, request) => hosts[new Uri(request.Url).Authority] = true;
        await wall.GetByTestId($"signin-viewer-{SmallDistrict.Code}").ClickAsync();
        await Assertions.Expect(wall.GetByTestId("map").Locator(".label b").First)
            .ToHaveTextAsync("0", WallWords.PatientlyRead());
        foreach (var path in (string[])["/public", "/public/report"])
            await wall.GotoAsync(new Uri(app.Url, path).ToString());

        // What pages make for themselves, as a worker of the map, has no host.
        hosts.Keys.Where(host => host.Length > 0).ShouldBe([app.Url.Authority]);
        await wall.CloseAsync();
    }
}
