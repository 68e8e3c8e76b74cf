using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Open311;

public sealed class SearchTests
{
    [Fact(DisplayName = "[OP7] a search filters by service, status, time and ids, newest first, and its pages are exactly the matches")]
    public async Task Search()
    {
        await using var app = await MeshApp.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
            ids.Add(await app.Http.ReportedAsync(("service_code", i % 3 == 0 ? "cover" : "litter")));

        var dispatcher = await app.SignInAsync("dispatcher");
        await dispatcher.DoAsync(await dispatcher.GetJsonAsync($"incidents/{ids[0]}"), "reject", new { reason = "重复" });
        string[] newest = [.. Enumerable.Reverse(ids)];

        (await IdsAsync(app, "requests")).ShouldBe(newest);
        (await IdsAsync(app, "requests?service_code=cover")).ShouldBe([ids[9], ids[6], ids[3], ids[0]]);
        (await IdsAsync(app, "requests?service_code=cover,litter&status=open")).ShouldBe(newest[..^1]);
        (await IdsAsync(app, "requests?service_code=cover&status=closed")).ShouldBe([ids[0]]);
        (await IdsAsync(app, "requests?status=open,closed&jurisdiction_id=450105")).ShouldBe(newest);
        (await IdsAsync(app, "requests?service_code=&status=")).ShouldBe(newest);
        (await IdsAsync(app, "requests?page_size=5")).ShouldBe(newest[..5]);
        (await IdsAsync(app, "requests?page_size=5&page=2")).ShouldBe(newest[5..10]);
        (await IdsAsync(app, "requests?page_size=5&page=3")).ShouldBe(newest[10..]);
        (await IdsAsync(app, "requests?page_size=5&page=4")).ShouldBeEmpty();
        (await IdsAsync(app, "requests?page_size=1000&page=1000")).ShouldBeEmpty();

        // The list of ids overrides whatever else is asked for; what does not exist is left out.
        (await IdsAsync(app, $"requests?service_request_id={ids[1]},{ids[0]},rubbish&status=open"))
            .ShouldBe([ids[1], ids[0]]);
        (await IdsAsync(app, "requests?end_date=2026-01-01T00:00:00%2B08:00")).ShouldBeEmpty();
        var yesterday = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddDays(-1).ToString("yyyy-MM-ddTHH:mm:sszzz"));
        (await IdsAsync(app, $"requests?start_date={yesterday}")).ShouldBe(newest);
        (await IdsAsync(app, $"requests?start_date={DateTimeOffset.UtcNow.AddDays(-1).ToOffset(TimeSpan.FromHours(8)):yyyy-MM-ddTHH:mm:sszzz}")).ShouldBe(newest);
    }

    [Fact(DisplayName = "[OP7] large searches without a key use up an address's look-ups; who has a key is limited by the key")]
    public async Task Cost()
    {
        await using var app = await MeshApp.StartAsync(
            services: MeshApp.StandStill,
            settings: ["--GridMesh:Limits:LookupPerSecond=1", "--GridMesh:Limits:LookupBurst=20"]);
        async Task<int> AskAsync(string path) => (int)(await app.Http.GetAsync($"/open311/v2/{path}")).StatusCode;
        (await AskAsync("requests")).ShouldBe(200);
        (await AskAsync("requests")).ShouldBe(429);
        (await AskAsync("requests?page_size=50")).ShouldBe(200);
        (await AskAsync($"requests?api_key={Open311Words.Key}")).ShouldBe(200);
        (await AskAsync("requests?api_key=wrong")).ShouldBe(403);
    }

    private static async Task<string[]> IdsAsync(MeshApp app, string path)
    {
        var answer = await app.Http.GetAsync($"/open311/v2/{path}");
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return [.. (await answer.JsonAsync()).EnumerateArray().Select(item => item.Text("service_request_id"))];
    }
}
