using System.Text.Json;
using GridMesh.Product.Fixture;
using Microsoft.Playwright;

namespace GridMesh.Browser.Tests;

/// <summary>How the public pages are to those who see little, have large fingers or no mouse.</summary>
public sealed class ResidentSightTests(Chromium chromium)
{
    private const string Faulty = """
        async () => (await axe.run({ resultTypes: ['violations'] })).violations
          .filter(one => one.impact === 'serious' || one.impact === 'critical')
          .map(one => `${one.id}: ${one.nodes.map(node => node.html).join(' ')}`)
        """;

    /// <summary>What is touched and is lower than 44 pixels; marks of the map have their list.</summary>
    private const string Low = """
        () => [...document.querySelectorAll(
            'a:not(svg a, .skip), button, input:not([type=hidden]), select, textarea, summary')]
          .filter(one => one.checkVisibility())
          .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])
          .filter(([, height]) => height > 0 && height < 43.5).map(([html, height]) => `${html} ${height}`)
        """;

    private static readonly (int Width, int Height)[] s_sizes = [(360, 640), (768, 1024), (1920, 1080)];

    [Fact(DisplayName = "[PG12] public pages of every size: no serious finding of axe, nothing to touch below 44 pixels, nothing wider than the screen")]
    public async Task Sight()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        Assert.SkipUnless(Axe is not null, "axe-core was not installed (-p:Web=false)");
        await using var app = await MeshApp.StartAsync();
        using var lead = await app.SignInAsync("lead", SmallDistrict.Grid, SmallDistrict.LeadOf(SmallDistrict.Grid));
        using var dispatcher = await app.SignInAsync("dispatcher");
        var open = await dispatcher.ReportAsync(SmallDistrict.Grid);
        var closed = await dispatcher.ReportAsync(SmallDistrict.FarGrid);
        await app.CloseAsync(closed);
        var code = JsonDocument.Parse(await lead.GetStringAsync($"/api/v1/areas/{SmallDistrict.Grid}/service-code"))
            .RootElement.GetProperty("code").GetString();
        var page = await chromium.OpenPhoneAsync(
            new Uri(app.Url, "/public?lang=en"), SmallDistrict.PointIn(SmallDistrict.Grid));
        foreach (var path in (string[])["/public", "/public/report", $"/public/cases/{open}", $"/public/cases/{closed}",
            $"/s/{code}", "/public/nothing", "/public/services/x"])
        {
            foreach (var (width, height) in s_sizes)
            {
                await page.SetViewportSizeAsync(width, height);
                await page.GotoAsync(new Uri(app.Url, path).ToString());
                await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => { one.open = true; })");
                await page.EvaluateAsync(Axe!);
                var where = $"{path} at {width}";
                (await page.EvaluateAsync<string[]>(Faulty)).ShouldBeEmpty(where);
                (await page.EvaluateAsync<string[]>(Low)).ShouldBeEmpty(where);
                (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(width, where);
            }
        }

        await page.Context.CloseAsync();
    }

    [Fact(DisplayName = "[PG12] by keyboard alone: chosen, placed, sent; what is wrong is said where the focus goes, and nothing moves for who wants it still")]
    public async Task Keyboard()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        await using var app = await MeshApp.StartAsync();
        var page = await chromium.OpenPhoneAsync(
            new Uri(app.Url, "/public/report"), SmallDistrict.PointIn(SmallDistrict.Grid));
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ReducedMotion = ReducedMotion.Reduce });
        await TabToAsync(page, "[data-submit]");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".banner")).ToBeFocusedAsync();
        await TabToAsync(page, "input[name=category]");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, "[data-locate]");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("已取得当前位置")).ToBeVisibleAsync();
        await TabToAsync(page, "[data-submit]");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("thanks")).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('a.brand')).transitionDuration"))
            .ShouldBe("0s");
        (await page.EvaluateAsync<int>("() => document.getAnimations().length")).ShouldBe(0);
        await page.Context.CloseAsync();
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
                return;
        }

        Assert.Fail($"{selector} is not reached by the keyboard");
    }

    private static string? Axe { get; } = FindAxe();

    private static string? FindAxe()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var script = Path.Combine(folder, "src", "Web", "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(script))
                return File.ReadAllText(script);
        }

        return null;
    }
}
