using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Incidents;

public sealed class AroundTheLoopTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[CL8, CL9, CL10, CL11] desks, clocks and supervision over HTTP, each with its own body")]
    public async Task Clocks()
    {
        var grid = SmallDistrict.Neighbour;
        var id = SmallDistrict.WorkerOf(grid, 2);
        var worker = await _app.SignInAsync("worker", grid, id);
        var dispatcher = await _app.SignInAsync("dispatcher");
        var supervisor = await _app.SignInAsync("supervisor");
        var incident = await worker.ReportAsync(grid);
        (await dispatcher.DoAsync(incident, "escalate", new { reason = "几个街道共有" })).Text("desk")
            .ShouldBe(SmallDistrict.Town);
        (await dispatcher.DoAsync(incident, "hand-back", new { to = SmallDistrict.Community, reason = "由社区办" }))
            .Text("desk").ShouldBe(SmallDistrict.Community);
        await dispatcher.DoAsync(incident, "dispatch", new { owner = id });
        var due = (await worker.DoAsync(incident, "accept")).GetProperty("dueAt").GetDateTimeOffset();

        var asked = Marks(await worker.DoAsync(incident, "extend", new { hours = 2, reason = "下雨" }));
        asked.GetProperty("request").GetProperty("hours").GetInt32().ShouldBe(2);
        (await supervisor.DoAsync(incident, "extension", new { grant = true })).GetProperty("dueAt").GetDateTimeOffset()
            .ShouldBeGreaterThan(due);
        await worker.DoAsync(incident, "suspend", new { reason = "等配件" });
        var suspended = await supervisor.DoAsync(incident, "suspend", new { reason = "同意" });
        Marks(suspended).GetProperty("isSuspended").GetBoolean().ShouldBeTrue();
        suspended.GetProperty("dueAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await worker.DoAsync(incident, "resume")).GetProperty("dueAt").GetDateTimeOffset().ShouldBeGreaterThan(due);
        var supervision = Marks(
            await supervisor.DoAsync(incident, "supervise", new { level = 2, kind = "Important", reason = "群众关注" }))
                .GetProperty("supervision");
        supervision.Text("kind").ShouldBe("Important");
        supervision.GetProperty("level").GetInt32().ShouldBe(2);
    }

    [Theory(DisplayName = "[CL8, CL9, CL11, CL12, CL15] a body that says nothing is refused by its field")]
    [InlineData("extend", """{"reason":"x"}""", "hours")]
    [InlineData("extend", """{"hours":0,"reason":"x"}""", "hours")]
    [InlineData("extension", "{}", "grant")]
    [InlineData("extension", """{"grant":false}""", "reason")]
    [InlineData("suspend", "{}", "reason")]
    [InlineData("reopen", "{}", "reason")]
    [InlineData("escalate", """{"reason":""}""", "reason")]
    [InlineData("hand-back", """{"reason":"x"}""", "to")]
    [InlineData("supervise", """{"level":1,"kind":"Timeout","reason":"x"}""", "kind")]
    [InlineData("supervise", """{"level":1,"kind":"Angry","reason":"x"}""", "kind")]
    [InlineData("supervise", """{"level":4,"reason":"x"}""", "level")]
    [InlineData("merge", "{}", "into")]
    [InlineData("merge", """{"into":"X1"}""", "into")]
    [InlineData("appeal", "{}", "reason")]
    [InlineData("review", """{"grant":false}""", "reason")]
    [InlineData("summon", """{"departments":[],"by":"2099-01-01T00:00:00Z","reason":"x"}""", "departments")]
    [InlineData("summon", """{"departments":["a","a"],"by":"2099-01-01T00:00:00Z","reason":"x"}""", "departments")]
    [InlineData("summon", """{"departments":["a"],"reason":"x"}""", "by")]
    public async Task Refused(string command, string body, string field)
    {
        var supervisor = await _app.SignInAsync("supervisor");
        var incident = await supervisor.ReportAsync();
        var answer = await supervisor.CommandAsync(incident, command, JsonSerializer.Deserialize<JsonElement>(body));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.JsonAsync()).GetProperty("errors").TryGetProperty(field, out _)
            .ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    [Fact(DisplayName = "[CL12] both cases tell of a merge, the same key again gets the first answer, and what is unknown or closed is not merged into")]
    public async Task Merge()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var (one, other) = (await dispatcher.ReportAsync(), await dispatcher.ReportAsync(SmallDistrict.Neighbour));
        var merged = await dispatcher.DoAsync(one, "merge", new { into = other.Id() }, "merge-1");
        merged.Text("step").ShouldBe("Merged");
        Marks(merged).Text("mergedInto").ShouldBe(other.Id());
        (await dispatcher.DoAsync(one, "merge", new { into = other.Id() }, "merge-1")).ToString()
            .ShouldBe(merged.ToString());
        Marks(await dispatcher.GetJsonAsync($"incidents/{other.Id()}")).GetProperty("merged")[0].GetString()
            .ShouldBe(one.Id());

        var third = await dispatcher.ReportAsync();
        (await (await dispatcher.CommandAsync(third, "merge", new { into = one.Id() })).CodeAsync())
            .ShouldBe("CaseToMergeIntoIsClosed");
        (await (await dispatcher.CommandAsync(third, "merge", new { into = third.Id() })).CodeAsync())
            .ShouldBe("CaseCannotMergeIntoItself");
        var unknown = $"{third.Id()[..^4]}9999";
        (await (await dispatcher.CommandAsync(third, "merge", new { into = unknown })).CodeAsync())
            .ShouldBe("CaseToMergeIntoIsUnknown");
        (await dispatcher.GetJsonAsync($"incidents/{third.Id()}")).Text("step").ShouldBe("Reported");
    }

    [Fact(DisplayName = "[CL7] a case that is taken up again is open again in the numbers and in the search")]
    public async Task Reopen()
    {
        var grid = SmallDistrict.FarGrid;
        var id = SmallDistrict.WorkerOf(grid, 2);
        var worker = await _app.SignInAsync("worker", grid, id);
        var inspector = await _app.SignInAsync("inspector");
        var dispatcher = await _app.SignInAsync("dispatcher");
        var incident = await worker.ReportAsync(grid);
        await worker.DoAsync(incident, "self-handle");
        await worker.DoAsync(incident, "resolve", new { result = "好了" });
        await inspector.DoAsync(incident, "inspect", new { pass = true });
        await dispatcher.DoAsync(incident, "feedback", new { text = "好了" });
        var before = await OpenAsync(dispatcher, grid);
        var reopened = await worker.DoAsync(incident, "reopen", new { reason = "又有了" });
        reopened.Text("step").ShouldBe("Reported");
        Marks(reopened).GetProperty("reopens").GetInt32().ShouldBe(1);
        await Eventually.TrueAsync(
            async () => await OpenAsync(dispatcher, grid) == before + 1, "the grid counts it as open");
        (await dispatcher.GetJsonAsync($"incidents?area={grid}&step=Reported")).GetProperty("items").EnumerateArray()
            .Select(item => item.Id()).ShouldContain(incident.Id());
    }

    private static async Task<int> OpenAsync(HttpClient client, string area) =>
        (await client.GetJsonAsync($"areas/{area}")).GetProperty("summary").GetProperty("incidents").GetProperty("open")
            .GetInt32();

    private static JsonElement Marks(JsonElement incident) => incident.GetProperty("marks");
}
