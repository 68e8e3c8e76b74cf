using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;
using Microsoft.Playwright;

namespace GridMesh.Browser.Tests;

/// <summary>What the tests of the wall do and see, in their own words.</summary>
internal static class WallWords
{
    private const int PatienceMs = 60_000;

    /// <summary>
    /// Opens the wall and signs in as one who only looks; <paramref name="query"/> says where to start.
    /// </summary>
    public static async Task<IPage> SignInAsync(this Chromium chromium, Uri url, string query = "")
    {
        var page = await chromium.OpenAsync(new Uri(url, query));
        await page.GetByTestId($"signin-viewer-{SmallDistrict.Code}").ClickAsync();
        await Assertions.Expect(page.GetByTestId("connection")).ToHaveAttributeAsync("data-state", "live", Patiently());
        return page;
    }

    public static LocatorAssertionsToHaveAttributeOptions Patiently() => new() { Timeout = PatienceMs };

    public static LocatorAssertionsToHaveTextOptions PatientlyRead() => new() { Timeout = PatienceMs };

    public static Task NumberAsync(this IPage page, string what, int value) =>
        Assertions.Expect(page.GetByTestId(what)).ToHaveAttributeAsync("data-value", $"{value}", Patiently());

    public static async Task<string> ReportAsync(this HttpClient client, string grid, string category = "litter")
    {
        var answer = await client.PostAsJsonAsync(
            "/api/v1/incidents", new { category, description = "垃圾", position = SmallDistrict.PointIn(grid) });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    public static async Task DoAsync(this HttpClient client, string incident, string command, object body) =>
        (await client.PostAsJsonAsync($"/api/v1/incidents/{incident}/{command}", body)).EnsureSuccessStatusCode();

    /// <summary>Reports a case in a grid and leads it round the closed loop.</summary>
    public static async Task CloseCaseAsync(this MeshApp app, string grid)
    {
        using var dispatcher = await app.SignInAsync("dispatcher");
        await app.CloseAsync(await dispatcher.ReportAsync(grid));
    }

    /// <summary>Leads a case that was reported round the closed loop.</summary>
    public static async Task CloseAsync(this MeshApp app, string incident)
    {
        var grid = incident[..15];
        var owner = SmallDistrict.WorkerOf(grid);
        using var worker = await app.SignInAsync("worker", grid, owner);
        using var dispatcher = await app.SignInAsync("dispatcher");
        using var inspector = await app.SignInAsync("inspector");
        await dispatcher.DoAsync(incident, "dispatch", new { owner });
        await worker.DoAsync(incident, "accept", new { });
        await worker.DoAsync(incident, "resolve", new { result = "已清理" });
        await inspector.DoAsync(incident, "inspect", new { pass = true });
        await dispatcher.DoAsync(incident, "feedback", new { text = "已办" });
    }

    public static async Task<HttpClient> DispatcherAsync(Uri url)
    {
        var client = new HttpClient { BaseAddress = url };
        var answer = await client.PostAsJsonAsync(
            "/dev/tokens", new { role = "dispatcher", area = SmallDistrict.Code });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString());
        return client;
    }
}
