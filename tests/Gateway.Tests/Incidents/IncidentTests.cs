using System.Net;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Incidents;

public sealed class IncidentTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[CL1] a case goes the whole way from report to evaluation over HTTP")]
    public async Task WholeWay()
    {
        var grid = SmallDistrict.Grid;
        var worker = await _app.SignInAsync("worker", grid, SmallDistrict.WorkerOf(grid));
        var dispatcher = await _app.SignInAsync("dispatcher");
        var inspector = await _app.SignInAsync("inspector");
        var resident = await _app.SignInAsync("resident");

        var incident = await worker.ReportAsync(grid);
        incident.Text("step").ShouldBe("Reported");
        incident.Text("grid").ShouldBe(grid);
        incident.Text("desk").ShouldBe(SmallDistrict.Community);
        (await dispatcher.DoAsync(incident, "dispatch", new { owner = SmallDistrict.WorkerOf(grid) })).Text("step")
            .ShouldBe("Dispatched");
        (await worker.DoAsync(incident, "accept")).Text("step").ShouldBe("Handling");
        (await worker.DoAsync(incident, "resolve", new { result = "已清理", evidence = new[] { "photo-1" } })).Text("step")
            .ShouldBe("Inspecting");
        (await inspector.DoAsync(incident, "inspect", new { pass = false, reason = "还有" })).Text("step")
            .ShouldBe("Handling");
        await worker.DoAsync(incident, "resolve", new { result = "已清理" });
        (await inspector.DoAsync(incident, "inspect", new { pass = true })).Text("step").ShouldBe("Feedback");
        (await dispatcher.DoAsync(incident, "feedback", new { text = "已处理" })).Text("step").ShouldBe("Closed");
        var last = await resident.DoAsync(incident, "evaluate", new { score = 5 });
        last.Text("step").ShouldBe("Evaluated");
        last.GetProperty("evaluation").GetInt32().ShouldBe(5);
        last.GetProperty("rework").GetInt32().ShouldBe(1);

        var read = await dispatcher.GetJsonAsync($"incidents/{incident.Id()}");
        var history = read.GetProperty("history").EnumerateArray().ToArray();
        history.Select(entry => entry.Text("type")).ShouldBe(
        [
            "IncidentReported", "IncidentDispatched", "IncidentAccepted", "IncidentResolved", "InspectionFailed",
            "IncidentResolved", "InspectionPassed", "ReporterTold", "IncidentEvaluated",
        ]);
        history.Select(entry => entry.GetProperty("seq").GetInt32()).ShouldBe(Enumerable.Range(1, 9));
        history[1].Text("owner").ShouldBe(SmallDistrict.WorkerOf(grid));
        history[1].Text("by").ShouldBe($"dispatcher@{SmallDistrict.Code}");
    }

    [Fact(DisplayName = "[CL1] a command that cannot be is answered 409 with the code that says why")]
    public async Task Conflict()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var incident = await dispatcher.ReportAsync();
        var answer = await dispatcher.CommandAsync(incident, "feedback", new { text = "x" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.CodeAsync()).ShouldBe("OnlyFeedbackCanBeTold");
    }

    [Fact(DisplayName = "[ON1] the same key again gets the first answer, for a report and for a command")]
    public async Task Idempotent()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var first = await dispatcher.ReportAsync(key: "report-1");
        var second = await dispatcher.ReportAsync(key: "report-1");
        second.ToString().ShouldBe(first.ToString());

        var dispatched = await dispatcher.DoAsync(first, "dispatch", new { owner = "D-urban" }, "dispatch-1");
        var owner = await _app.SignInAsync("worker", worker: "D-urban");
        await owner.DoAsync(first, "accept");
        (await dispatcher.DoAsync(first, "dispatch", new { owner = "D-urban" }, "dispatch-1")).ToString()
            .ShouldBe(dispatched.ToString());
    }

    [Fact(DisplayName = "[ON4] the same key of another subject is another command")]
    public async Task KeysAreOnesOwn()
    {
        var one = await _app.SignInAsync("dispatcher");
        var other = await _app.SignInAsync("dispatcher", SmallDistrict.Town);
        (await one.ReportAsync(key: "mine")).Id().ShouldNotBe((await other.ReportAsync(key: "mine")).Id());
    }

    [Fact(DisplayName = "[ON2] a refusal is not remembered")]
    public async Task RefusalForgotten()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var owner = await _app.SignInAsync("worker", worker: "D-urban");
        var incident = await dispatcher.ReportAsync();
        (await owner.CommandAsync(incident, "accept", key: "accept-2")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await dispatcher.DoAsync(incident, "dispatch", new { owner = "D-urban" });
        (await owner.DoAsync(incident, "accept", key: "accept-2")).Text("step").ShouldBe("Handling");
    }

    [Fact(DisplayName = "[ON3] a key that was used on another case is refused")]
    public async Task KeyUsedElsewhere()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var one = await dispatcher.ReportAsync();
        var other = await dispatcher.ReportAsync();
        await dispatcher.DoAsync(one, "dispatch", new { owner = "D-urban" }, "used");
        var answer = await dispatcher.CommandAsync(other, "dispatch", new { owner = "D-urban" }, "used");
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.CodeAsync()).ShouldBe("CommandIdAlreadyUsed");
    }

    [Fact(DisplayName = "[ON1] a report sent again after a restart gets the first answer")]
    public async Task IdempotentOverRestart()
    {
        var app = await MeshApp.StartAsync();
        var before = await (await app.SignInAsync("dispatcher")).ReportAsync(key: "k");
        var folder = await app.StopAsync();
        app = await MeshApp.StartAsync(folder);
        var dispatcher = await app.SignInAsync("dispatcher");
        var after = await dispatcher.ReportAsync(key: "k");
        after.ToString().ShouldBe(before.ToString());
        (await dispatcher.ReportAsync()).Id().ShouldNotBe(before.Id());
        await app.StopAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact(DisplayName = "[CL5] the position decides the grid; a worker without one means its own; a wrong pair is refused")]
    public async Task WhichGrid()
    {
        var worker = await _app.SignInAsync("worker", SmallDistrict.Grid, SmallDistrict.WorkerOf(SmallDistrict.Grid));
        var own = await (await worker.SendAsync("incidents", new { category = "litter", description = "x" }))
            .JsonAsync();
        own.Text("grid").ShouldBe(SmallDistrict.Grid);

        var dispatcher = await _app.SignInAsync("dispatcher");
        (await dispatcher.ReportAsync(SmallDistrict.FarGrid)).Text("grid").ShouldBe(SmallDistrict.FarGrid);
        var wrong = await dispatcher.SendAsync("incidents", new
        {
            category = "litter", description = "x", position = SmallDistrict.PointIn(SmallDistrict.Grid),
            grid = SmallDistrict.FarGrid,
        });
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var nowhere = await dispatcher.SendAsync(
            "incidents", new { category = "litter", description = "x", position = new { lng = 1, lat = 1 } });
        nowhere.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact(DisplayName = "[PB2] everything that is wrong with a report is told at once, field by field")]
    public async Task AllErrors()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var answer = await dispatcher.SendAsync("incidents", new
        {
            category = "no-such", description = new string('x', 4001), position = new { lng = 400, lat = 1 },
            severity = "Huge",
        });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.JsonAsync();
        problem.Text("code").ShouldBe("ValidationFailed");
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name)
            .ShouldBe(["category", "description", "position", "severity"], ignoreOrder: true);
    }

    [Fact(DisplayName = "[BO1] lists come in pages that end, newest first, without a gap or a double")]
    public async Task Pages()
    {
        await using var app = await MeshApp.StartAsync();
        var dispatcher = await app.SignInAsync("dispatcher");
        var reported = new List<string>();
        for (var i = 0; i < 25; i++)
            reported.Add((await dispatcher.ReportAsync(i % 2 == 0 ? SmallDistrict.Grid : SmallDistrict.FarGrid)).Id());

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await dispatcher.GetJsonAsync(
                $"incidents?limit=10{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Id()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        seen.ShouldBe(reported.AsEnumerable().Reverse());

        var town = await dispatcher.GetJsonAsync($"incidents?area={SmallDistrict.OtherTown}&step=Reported");
        town.GetProperty("items").GetArrayLength().ShouldBe(12);
        (await dispatcher.GetAsync("/api/v1/incidents?limit=201")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await dispatcher.GetAsync("/api/v1/incidents?cursor=rubbish")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
