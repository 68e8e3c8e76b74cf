using GridMesh.Product.Fixture;
using Microsoft.Playwright;

namespace GridMesh.Browser.Tests;

public sealed class SignInTests(Chromium chromium)
{
    [Fact(DisplayName = "[AC22, AC26] in a browser: the wall sends to the issuer and is live afterwards, a token nowhere in it; who signs out is asked before the next time")]
    public async Task AtTheIssuer()
    {
        Assert.SkipUnless(
            (Chromium.Missing ?? OpenIdProvider.Missing) is null, Chromium.Missing ?? OpenIdProvider.Missing ?? "");
        await using var issuer = await OpenIdProvider.StartAsync();
        await using var app = await issuer.ServeAsync();
        await issuer.SayAsync("wall", new { name = "大屏", role = "viewer", area = SmallDistrict.Code });
        await issuer.SayAsync("guest", new { name = "来访" });
        var page = await chromium.OpenAsync(new Uri(app.Url, "?page=indices"));
        await page.AtIssuerAsync("wall");
        await Assertions.Expect(page.GetByTestId("connection"))
            .ToHaveAttributeAsync("data-state", "live", WallWords.Patiently());
        page.Url.ShouldContain("page=indices");
        (await page.EvaluateAsync<string>("document.cookie + JSON.stringify([{...sessionStorage}, {...localStorage}])"))
            .ShouldNotContain("eyJ");
        await page.GetByTestId("page-to-live").ClickAsync();
        await page.NumberAsync("tile-open", 0);

        await page.GetByTestId("signout").ClickAsync();
        await page.Locator("button[name=logout][value=yes]").ClickAsync();
        await Assertions.Expect(page.GetByTestId("signin")).ToContainTextAsync("You are signed out");
        await page.GetByTestId("signin-openid").ClickAsync();
        await page.AtIssuerAsync("guest");
        await Assertions.Expect(page.GetByTestId("signin")).ToContainTextAsync("You have no role here");
        await Assertions.Expect(page.GetByTestId("signin-openid")).ToHaveTextAsync("Sign in with Town Hall");
        await page.GetByTestId("signin-openid").ClickAsync();
        await page.AtIssuerAsync("wall");
        await Assertions.Expect(page.GetByTestId("connection"))
            .ToHaveAttributeAsync("data-state", "live", WallWords.Patiently());
        await page.CloseAsync();
    }

    [Fact(DisplayName = "[AC29] in a browser: a first password is changed on the way in, the page is live after it is opened anew, and signed out it asks again")]
    public async Task ByAccount()
    {
        Assert.SkipUnless(Chromium.Missing is null, Chromium.Missing ?? "");
        await using var app = await MeshApp.StartAsync();
        var first = await app.AddAccountAsync("li.na");
        var page = await chromium.OpenAsync(app.Url);
        async Task LiveAsync() => await Assertions.Expect(page.GetByTestId("connection"))
            .ToHaveAttributeAsync("data-state", "live", WallWords.Patiently());
        async Task TryAsync(string password)
        {
            await page.GetByTestId("signin-name").FillAsync("li.na");
            await page.GetByTestId("signin-password").FillAsync(password);
            await page.GetByTestId("signin-account").ClickAsync();
        }

        await page.GetByTestId("signin-other").Locator("summary").ClickAsync();
        await TryAsync("not the password");
        await Assertions.Expect(page.GetByTestId("signin")).ToContainTextAsync("is wrong");
        await TryAsync(first);
        await page.GetByTestId("signin-new").FillAsync("short");
        await page.GetByTestId("signin-again").FillAsync("short");
        await page.GetByTestId("signin-account").ClickAsync();
        await Assertions.Expect(page.GetByTestId("signin")).ToContainTextAsync("12 characters or more, must not");
        await page.GetByTestId("signin-new").FillAsync("a phrase of its own");
        await page.GetByTestId("signin-again").FillAsync("a phrase of its own");
        await page.GetByTestId("signin-account").ClickAsync();
        await LiveAsync();

        await page.EvaluateAsync("sessionStorage.clear()");
        await page.ReloadAsync();
        await LiveAsync();
        await page.GetByTestId("signout").ClickAsync();
        await Assertions.Expect(page.GetByTestId("signin")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByTestId("signin")).ToBeVisibleAsync();
        await page.CloseAsync();
    }
}

file static class IssuerPage
{
    /// <summary>Fills in the provider's own forms.</summary>
    public static async Task AtIssuerAsync(this IPage page, string login)
    {
        await page.Locator("input[name=login]").FillAsync(login);
        await page.Locator("input[name=password]").FillAsync("any");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("input[name=prompt][value=consent]")
            .WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await page.Locator("button[type=submit]").ClickAsync();
    }
}
