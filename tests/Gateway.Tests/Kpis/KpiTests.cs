using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Kpis;

public sealed class KpiTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[KP1, KP5, KP7] a case that went its way is in the indices of its grid, its worker and its post, with the spans before")]
    public async Task Loop()
    {
        // In this grid no other test leads a case round: what its worker handles is counted exactly.
        const string grid = "450105002001002";
        var id = SmallDistrict.WorkerOf(grid, 2);
        var worker = await _app.SignInAsync("worker", grid, id);
        var dispatcher = await _app.SignInAsync("dispatcher");
        var before = await TotalAsync(dispatcher, $"kpis?area={grid}");
        var own = await TotalAsync(worker, $"kpis?worker={id}&by=hour");
        var incident = await worker.ReportAsync(grid);
        await dispatcher.DoAsync(incident, "dispatch", new { owner = id });
        await worker.DoAsync(incident, "accept");
        await worker.DoAsync(incident, "resolve", new { result = "已清理" });
        await (await _app.SignInAsync("inspector")).DoAsync(incident, "inspect", new { pass = true });
        await dispatcher.DoAsync(incident, "feedback", new { text = "已办" });
        await (await _app.SignInAsync("resident", grid)).DoAsync(incident, "evaluate", new { score = 5 });

        var after = await TotalAsync(dispatcher, $"kpis?area={grid}");
        foreach (var counter in (string[])["reported", "filed", "dispatched", "accepted", "handled", "handledInTime",
            "inspected", "closed", "closedInTime", "scores"])
            (Count(after, counter) - Count(before, counter)).ShouldBeGreaterThanOrEqualTo(1, counter);

        (Count(after, "scoreSum") - Count(before, "scoreSum")).ShouldBeGreaterThanOrEqualTo(5);
        (Count(await TotalAsync(worker, $"kpis?worker={id}&by=hour"), "handled") - Count(own, "handled")).ShouldBe(1);
        Count(await TotalAsync(dispatcher, $"kpis?area={SmallDistrict.OtherTown}&post=Worker"), "handled")
            .ShouldBeGreaterThanOrEqualTo(1);
        var year = await dispatcher.GetJsonAsync($"kpis?area={grid}&by=month");
        year.GetProperty("items").GetArrayLength().ShouldBe(1);
        year.GetProperty("total").GetProperty("rates").GetProperty("onTime").GetDouble().ShouldBeInRange(0.01, 1);
        Count(year.GetProperty("before"), "reported").ShouldBe(0);
        Count(year.GetProperty("yearBefore"), "reported").ShouldBe(0);
        year.GetProperty("before").GetProperty("rates").GetProperty("onTime").ValueKind.ShouldBe(JsonValueKind.Null);
        var children = (await dispatcher.GetJsonAsync($"kpis/children?area={SmallDistrict.OtherTown}"))
            .GetProperty("items");
        children.GetArrayLength().ShouldBe(2);
        children.EnumerateArray().Sum(child => Count(child, "reported")).ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact(DisplayName = "[KP8] the indices as CSV: one line a part, headings in two languages, as many cells as headings")]
    public async Task Sheet()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        await dispatcher.ReportAsync();
        using var response = await dispatcher.GetAsync(
            "/api/v1/kpis?format=csv", TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd()
            .Split("\r\n");
        lines.Length.ShouldBe(2);
        lines[0].ShouldContain("按期处置率 OnTime");
        lines[1].Split(',').Length.ShouldBe(lines[0].Split(',').Length);
    }

    [Theory(DisplayName = "[KP7] a span or subject that makes no sense is refused by its field")]
    [InlineData("by=week", "by")]
    [InlineData("from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z", "from")]
    [InlineData("by=hour&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z", "from")]
    [InlineData("by=day&from=2020-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", "from")]
    [InlineData("area=45", "")]
    [InlineData("area=4501x5", "area")]
    [InlineData("worker=a&department=b", "worker")]
    [InlineData("post=King", "post")]
    [InlineData("area=450105001001&post=Worker", "post")]
    [InlineData("format=pdf", "format")]
    public async Task Refused(string query, string field)
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        using var response = await dispatcher.GetAsync($"/api/v1/kpis?{query}", TestContext.Current.CancellationToken);
        if (field.Length == 0)
        {
            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            return;
        }

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldContain($"\"{field}\":");
    }

    [Fact(DisplayName = "[AC2, AC6, KP7] indices are seen within one's area, a worker's by itself and the desks, none by residents")]
    public async Task Access()
    {
        var grid = SmallDistrict.Grid;
        var worker = await _app.SignInAsync("worker", grid, SmallDistrict.WorkerOf(grid));
        await CodeAsync(worker, "area=450105", "AreaIsOutsideYourOwn");
        await CodeAsync(worker, $"worker={SmallDistrict.WorkerOf(grid, 2)}", "OnlyTheWorkerOrItsLeadMay");
        await CodeAsync(worker, "department=D-fire", "AreaIsOutsideYourOwn");
        await CodeAsync(await _app.SignInAsync("resident", grid), "", "RoleMayNot");
        await CodeAsync(await _app.SignInAsync("dispatcher"), "department=D-none", "DepartmentIsUnknown");
        await CodeAsync(await _app.SignInAsync("dispatcher"), "worker=none", "WorkerIsUnknown");
    }

    private static async Task CodeAsync(HttpClient client, string query, string code)
    {
        using var response = await client.GetAsync($"/api/v1/kpis?{query}", TestContext.Current.CancellationToken);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldContain($"\"code\":\"{code}\"");
    }

    private static async Task<JsonElement> TotalAsync(HttpClient client, string query) =>
        (await client.GetJsonAsync($"{query}")).GetProperty("total");

    private static long Count(JsonElement figures, string counter) =>
        figures.GetProperty("counts").GetProperty(counter).GetInt64();
}
