using GridMesh.Product.Fixture;
using Microsoft.Playwright;

namespace GridMesh.Browser.Tests;

public sealed class WallPageTests(Chromium chromium)
{
    [Fact(DisplayName = "[WA31] in a browser: a case that was closed is in the indices of its areas and of no other, and in the sheet")]
    public async Task Indices()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        await using var app = await MeshApp.StartAsync();
        await app.CloseCaseAsync(SmallDistrict.Grid);
        var page = await chromium.SignInAsync(app.Url, "?page=indices");
        await page.NumberAsync("sum-closed", 1);
        await page.NumberAsync("rate-onTimeClosing", 1);
        await page.GetByTestId("span-hour").ClickAsync();
        await page.NumberAsync("sum-closed", 1);

        await page.GetByTestId($"area-{SmallDistrict.OtherTown}").ClickAsync();
        await page.NumberAsync("sum-closed", 0);
        await Assertions.Expect(page.GetByTestId("rate-onTimeClosing")).ToHaveAttributeAsync("data-value", "");
        await page.GetByTestId($"crumb-{SmallDistrict.Code}").ClickAsync();
        await page.GetByTestId($"area-{SmallDistrict.Town}").ClickAsync();
        await page.NumberAsync("sum-closed", 1);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("sheet-indices").ClickAsync());
        download.SuggestedFilename.ShouldStartWith($"gridmesh-kpis-{SmallDistrict.Town}-hour-");
        (await File.ReadAllLinesAsync(
            await download.PathAsync(), TestContext.Current.CancellationToken)).Length.ShouldBe(2);
        await page.CloseAsync();
    }

    [Fact(DisplayName = "[WA31] in a browser: what repeats is in the review, a category narrows it, and the place is on the live map")]
    public async Task Review()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        await using var app = await MeshApp.StartAsync();
        using var dispatcher = await app.SignInAsync("dispatcher");
        foreach (var category in (string[])["litter", "litter", "litter", "cover"])
            await dispatcher.ReportAsync(SmallDistrict.Grid, category);

        var page = await chromium.SignInAsync(app.Url);
        await page.GetByTestId("page-to-review").ClickAsync();
        await page.GetByTestId("period-running").ClickAsync();
        await page.NumberAsync("review-open", 4);
        var repeat = page.GetByTestId($"repeat-{SmallDistrict.Grid}-litter");
        await page.NumberAsync($"repeat-{SmallDistrict.Grid}-litter", 3);
        await page.GetByTestId("category-cover").ClickAsync();
        await page.NumberAsync("review-open", 1);
        await Assertions.Expect(repeat).ToHaveCountAsync(0);
        await page.GetByTestId("only").ClickAsync();
        await repeat.Locator(".place").ClickAsync();

        await page.NumberAsync("tile-open", 4);
        await Assertions.Expect(page.GetByTestId("page-to-live")).ToHaveAttributeAsync("aria-current", "page");
        await Assertions.Expect(page.GetByTestId($"crumb-{SmallDistrict.Grid}")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.NumberAsync("review-open", 4);
        await page.CloseAsync();
    }

    [Fact(DisplayName = "[WA26] in a browser: indices that are not open to somebody are refused in plain words, and no number is shown")]
    public async Task Refused()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? string.Empty);
        await using var app = await MeshApp.StartAsync();
        var page = await chromium.OpenAsync(app.Url);
        await page.EvaluateAsync(
            "token => sessionStorage.setItem('gridmesh.token', token)", await app.TokenAsync("resident"));
        await page.GotoAsync(new Uri(app.Url, "?page=indices").ToString());
        await Assertions.Expect(page.GetByTestId("page-indices"))
            .ToHaveAttributeAsync("data-state", "refused", WallWords.Patiently());
        await Assertions.Expect(page.GetByText("This page is not open to you (403 RoleMayNot)")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("sum-closed")).ToBeHiddenAsync();
        await page.CloseAsync();
    }
}
