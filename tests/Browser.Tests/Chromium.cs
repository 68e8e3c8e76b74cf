using GridMesh.Contracts.Geo;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(GridMesh.Browser.Tests.Chromium))]

namespace GridMesh.Browser.Tests;

/// <summary>One headless Chromium for the assembly, as Debian packages it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] s_places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Null when Chromium and the built pages are both there; otherwise what is missing.</summary>
    public static string? Missing =>
        !s_places.Any(File.Exists) ? "Chromium is not installed (Debian: apt-get install chromium)"
        : !File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", ".built"))
            ? "this build has no pages (-p:Web=false)"
        : null;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = s_places.First(File.Exists),
            Args =
            [
                "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-gpu",
            ],
        });
    }

    public async Task<IPage> OpenAsync(Uri url)
    {
        var page = await _browser!.NewPageAsync(new BrowserNewPageOptions
        {
            Locale = "en",
            ViewportSize = new ViewportSize { Width = 1920, Height = 1080 },
        });
        await page.GotoAsync(url.ToString());
        return page;
    }

    /// <summary>A resident's phone, held upright, that stands somewhere.</summary>
    public async Task<IPage> OpenPhoneAsync(Uri url, GeoPoint place, bool runsScripts = true)
    {
        var phone = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = "zh-CN",
            ViewportSize = new ViewportSize { Width = 360, Height = 640 },
            HasTouch = true,
            JavaScriptEnabled = runsScripts,
            Geolocation = new Geolocation { Latitude = (float)place.Lat, Longitude = (float)place.Lng },
            Permissions = ["geolocation"],
        });
        var page = await phone.NewPageAsync();
        await page.GotoAsync(url.ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();

        _playwright?.Dispose();
    }
}
