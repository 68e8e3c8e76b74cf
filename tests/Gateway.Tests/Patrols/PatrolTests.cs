using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Patrols;

/// <summary>Each test has a grid of its own; windows last the whole day, so that they are open at any hour.</summary>
public sealed class PatrolTests(Product product)
{
    private const string PlanGrid = "450105001002001";
    private const string CodeGrid = "450105001002002";
    private const string FenceGrid = "450105002001001";
    private const string WhoGrid = "450105002001002";

    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[PT1] everything that is wrong with a plan is told at once, field by field")]
    public async Task WrongPlan()
    {
        var lead = await _app.SignInAsync("lead", PlanGrid);
        var outside = SmallDistrict.PointIn(SmallDistrict.FarGrid);
        var answer = await lead.SendAsync($"areas/{PlanGrid}/patrol-plans", new
        {
            line = "Gardening",
            checkpoints = new object?[]
            {
                new { id = "a b", name = "x", position = outside, radius = 1 },
                new { id = "c2", position = new { lng = 500, lat = 0 } },
                new { id = "c2", name = "y" }, null,
            },
            windows =
                new[] { new { from = "08:00", to = "10:00" }, new { from = "09:00", to = "11:00" },
                    new { from = "25:00", to = "x" } },
            weekdays = new[] { 1, 1 },
            everyDays = 0,
            season = new { from = "02-30", to = "13-01" },
        });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await answer.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name)
            .ToArray();
        errors.ShouldBe(
            [
                "name", "line", "checkpoints[0].id", "checkpoints[0].position", "checkpoints[0].radius",
                "checkpoints[1].position",
                "checkpoints[1].name", "checkpoints[2].position", "checkpoints[3].position", "checkpoints[3].name",
                "checkpoints",
                "windows[2].from", "windows[2].to", "windows", "weekdays", "everyDays", "season.from", "season.to",
            ],
            ignoreOrder: true);
    }

    [Theory(DisplayName = "[PT1] windows of a plan may not overlap, over midnight neither")]
    [InlineData(HttpStatusCode.BadRequest, "22:00", "02:00", "01:00", "03:00")]
    [InlineData(HttpStatusCode.BadRequest, "08:00", "08:04", "09:00", "10:00")]
    [InlineData(HttpStatusCode.Created, "22:00", "02:00", "02:00", "03:00")]
    public async Task Overlap(HttpStatusCode status, string from1, string to1, string from2, string to2)
    {
        var lead = await _app.SignInAsync("lead", PlanGrid);
        var answer = await lead.SendAsync(
            $"areas/{PlanGrid}/patrol-plans",
            Plan(PlanGrid, windows: [new { from = from1, to = to1 }, new { from = from2, to = to2 }]));
        answer.StatusCode.ShouldBe(status);
        if (status == HttpStatusCode.Created)
            await EndAsync(lead, PlanGrid, await answer.JsonAsync());
    }

    [Fact(DisplayName = "[PT1] a plan is made once for a key, listed up to the district, and ends")]
    public async Task Lifetime()
    {
        var lead = await _app.SignInAsync("lead", PlanGrid);
        var made = await lead.SendAsync($"areas/{PlanGrid}/patrol-plans", Plan(PlanGrid), "one-plan");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var plan = await made.JsonAsync();
        (await (await lead.SendAsync($"areas/{PlanGrid}/patrol-plans", Plan(PlanGrid), "one-plan")).JsonAsync()).Id()
            .ShouldBe(plan.Id());
        plan.GetProperty("windows")[0].Text("from").ShouldBe("00:00");

        var district = await _app.SignInAsync("viewer");
        (await PlansAsync(district, SmallDistrict.Code)).ShouldContain(plan.Id());
        (await PlansAsync(district, SmallDistrict.OtherTown)).ShouldNotContain(plan.Id());
        await EndAsync(lead, PlanGrid, plan);
        (await PlansAsync(district, SmallDistrict.Code)).ShouldNotContain(plan.Id());
        var again = await lead.SendAsync($"areas/{PlanGrid}/patrol-plans/{plan.Id()}/end", new { reason = "x" });
        (again.StatusCode, await again.CodeAsync()).ShouldBe((HttpStatusCode.Conflict, "PlanHasEnded"));
    }

    [Fact(DisplayName = "[PT1] patrols are planned by the leader and the desks above, in their own area, and residents see none")]
    public async Task Who()
    {
        async Task<string> TryAsync(string role, string area, string? worker = null) =>
            await (await (await _app.SignInAsync(role, area, worker))
            .SendAsync($"areas/{WhoGrid}/patrol-plans", Plan(WhoGrid))).CodeAsync();

        (await TryAsync("worker", WhoGrid, SmallDistrict.WorkerOf(WhoGrid)))
            .ShouldBe("OnlyTheGridLeaderOrItsDesksMayPlan");
        (await TryAsync("viewer", WhoGrid)).ShouldBe("OnlyTheGridLeaderOrItsDesksMayPlan");
        (await TryAsync("lead", SmallDistrict.Grid)).ShouldBe("AreaIsOutsideYourOwn");
        (await TryAsync("resident", WhoGrid)).ShouldBe("RoleMayNot");
        var resident = await _app.SignInAsync("resident");
        (await resident.GetAsync($"/api/v1/areas/{WhoGrid}/patrols")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var limited = await _app.SignInAsync("lead", WhoGrid, null, "Petitions");
        (await (await limited.SendAsync($"areas/{WhoGrid}/patrol-plans", Plan(WhoGrid))).CodeAsync())
            .ShouldBe("LineIsOutsideYourOwn");
    }

    [Fact(DisplayName = "[PT4] a worker on duty checks in by code once in a round; far away, again, forged, for another or off duty is refused")]
    public async Task Codes()
    {
        var lead = await _app.SignInAsync("lead", CodeGrid, SmallDistrict.LeadOf(CodeGrid));
        var plan = await (await lead.SendAsync($"areas/{CodeGrid}/patrol-plans", Plan(CodeGrid))).JsonAsync();
        var id = SmallDistrict.WorkerOf(CodeGrid);
        var worker = await _app.SignInAsync("worker", CodeGrid, id);
        var code = await CodeAsync(lead, plan, "c1");
        var at = SmallDistrict.PointIn(CodeGrid);
        Task<HttpResponseMessage> ScanAsync(
            HttpClient who, string scanned, object? position, string? key = null, string? name = null) =>
            who.SendAsync($"workers/{name ?? id}/check-ins", new { code = scanned, position }, key);

        (await (await ScanAsync(worker, code, at)).CodeAsync()).ShouldBe("WorkerIsOffDuty");
        await worker.SendAsync($"workers/{id}/shift", new { onDuty = true });
        (await (await ScanAsync(worker, code, null)).CodeAsync()).ShouldBe("CheckInNeedsAPosition");
        (await (await ScanAsync(worker, code, SmallDistrict.PointIn(SmallDistrict.Grid))).CodeAsync())
            .ShouldBe("CheckInIsTooFarAway");
        (await (await ScanAsync(worker, code.Replace(".c1.", ".c2."), at)).CodeAsync()).ShouldBe("CodeIsForged");
        (await (await ScanAsync(lead, code, at)).CodeAsync()).ShouldBe("OnlyTheWorkerItselfMay");

        var first = await ScanAsync(worker, code, at, "scan");
        first.StatusCode.ShouldBe(HttpStatusCode.OK, await first.Content.ReadAsStringAsync());
        var done = (await first.JsonAsync()).GetProperty("checkpoint");
        (done.Id(), done.Text("state"), done.Text("worker"), done.Text("way")).ShouldBe(("c1", "Done", id, "Code"));
        (await ScanAsync(worker, code, at, "scan")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await ScanAsync(worker, code, at)).CodeAsync()).ShouldBe("CheckInIsReplayed");
        var other = SmallDistrict.WorkerOf(CodeGrid, 2);
        var colleague = await _app.SignInAsync("worker", CodeGrid, other);
        await colleague.SendAsync($"workers/{other}/shift", new { onDuty = true });
        (await (await ScanAsync(colleague, code, at, name: other)).CodeAsync()).ShouldBe("CheckInIsReplayed");
        (await (await ScanAsync(colleague, await CodeAsync(lead, plan, "c1"), at, name: other)).CodeAsync())
            .ShouldBe("CheckpointIsDoneAlready");

        var display = await CodeAsync(lead, plan, "c2", "display");
        (await ScanAsync(colleague, display, null, name: other)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await worker.GetAsync(
            $"/api/v1/areas/{CodeGrid}/patrol-plans/{plan.Id()}/checkpoints/c1/code")).StatusCode.ShouldBe(
                HttpStatusCode.Forbidden);
        await EndAsync(lead, CodeGrid, plan);
        (await (await ScanAsync(worker, code, at)).CodeAsync()).ShouldBe("PlanHasEnded");
    }

    [Fact(DisplayName = "[PT3, PT7] who walks by has done the checkpoint; grid, town and district show the same coverage")]
    public async Task WalksBy()
    {
        var lead = await _app.SignInAsync("lead", FenceGrid);
        var plan = await (await lead.SendAsync($"areas/{FenceGrid}/patrol-plans", Plan(FenceGrid))).JsonAsync();
        var id = SmallDistrict.WorkerOf(FenceGrid);
        var worker = await _app.SignInAsync("worker", FenceGrid, id);
        await worker.SendAsync($"workers/{id}/shift", new { onDuty = true });
        var at = SmallDistrict.PointIn(FenceGrid);
        await worker.SendAsync(
            "positions", new[] { new { worker = id, lng = at.Lng, lat = at.Lat, at = DateTimeOffset.UtcNow } });

        await Eventually.TrueAsync(
            async () =>
                (await SumAsync(lead, FenceGrid)).GetProperty("done").GetInt32() == 1, "the check-in is a fact");
        var day = await lead.GetJsonAsync($"areas/{FenceGrid}/patrols");
        var round = day.GetProperty("rounds").EnumerateArray().Single(one => one.Text("plan") == plan.Id());
        round.GetProperty("checkpoints").EnumerateArray().Select(one => (one.Id(), one.Text("state")))
            .ShouldBe([("c1", "Done"), ("c2", "Due")]);
        foreach (var (area, role) in new[] { (FenceGrid, "lead"), ("450105002001", "viewer") })
        {
            var sum = await SumAsync(await _app.SignInAsync(role, area), area);
            (sum.GetProperty("done").GetInt32(), sum.GetProperty("due").GetInt32(),
                sum.GetProperty("coverage").GetDouble()).ShouldBe((1, 1, 1));
            var summary = (await lead.GetJsonAsync($"areas/{FenceGrid}")).GetProperty("summary").GetProperty("patrols");
            (summary.GetProperty("due").GetInt32(), summary.GetProperty("done").GetInt32(),
                summary.GetProperty("missed").GetInt32()).ShouldBe((1, 1, 0));
        }

        var tomorrow = DateTimeOffset.UtcNow.AddHours(8).AddDays(1).ToString("yyyy-MM-dd");
        (await lead.GetAsync($"/api/v1/areas/{FenceGrid}/patrols?day={tomorrow}")).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest);
        await EndAsync(lead, FenceGrid, plan);
    }

    [Fact(DisplayName = "[PT8] plans and check-ins are there after a restart")]
    public async Task Restart()
    {
        var app = await MeshApp.StartAsync();
        var lead = await app.SignInAsync("lead", SmallDistrict.Grid, SmallDistrict.LeadOf(SmallDistrict.Grid));
        var plan = await (await lead.SendAsync($"areas/{SmallDistrict.Grid}/patrol-plans", Plan(SmallDistrict.Grid)))
            .JsonAsync();
        var id = SmallDistrict.LeadOf(SmallDistrict.Grid);
        await lead.SendAsync($"workers/{id}/shift", new { onDuty = true });
        var code = await CodeAsync(lead, plan, "c1", grid: SmallDistrict.Grid);
        (await lead.SendAsync(
            $"workers/{id}/check-ins", new { code, position = SmallDistrict.PointIn(SmallDistrict.Grid) }))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        var folder = await app.StopAsync();
        app = await MeshApp.StartAsync(folder);
        lead = await app.SignInAsync("lead", SmallDistrict.Grid);
        (await PlansAsync(lead, SmallDistrict.Grid)).ShouldBe([plan.Id()]);
        var summary = (await lead.GetJsonAsync($"areas/{SmallDistrict.Grid}")).GetProperty("summary")
            .GetProperty("patrols");
        (summary.GetProperty("due").GetInt32(), summary.GetProperty("done").GetInt32()).ShouldBe((1, 1));
        await app.StopAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private static object Plan(string grid, object[]? windows = null)
    {
        var at = SmallDistrict.PointIn(grid);
        return new
        {
            name = "巡查",
            checkpoints = new[]
            {
                new { name = "东门", position = new { lng = at.Lng, lat = at.Lat } },
                new { name = "西门", position = new { lng = at.Lng - 0.004, lat = at.Lat } },
            },
            windows = windows ?? [new { from = "00:00", to = "00:00" }],
        };
    }

    private static async Task EndAsync(HttpClient lead, string grid, JsonElement plan) =>
        (await lead.SendAsync(
            $"areas/{grid}/patrol-plans/{plan.Id()}/end", new { reason = "测试结束" })).StatusCode.ShouldBe(
                HttpStatusCode.OK);

    private static async Task<string[]> PlansAsync(HttpClient client, string area) =>
        [.. (await client.GetJsonAsync($"areas/{area}/patrol-plans")).GetProperty("items").EnumerateArray()
            .Select(plan => plan.Id())];

    private static async Task<string> CodeAsync(
        HttpClient lead, JsonElement plan, string checkpoint, string kind = "printed", string grid = CodeGrid) =>
        (await lead.GetJsonAsync($"areas/{grid}/patrol-plans/{plan.Id()}/checkpoints/{checkpoint}/code?kind={kind}"))
            .Text("code");

    private static async Task<JsonElement> SumAsync(HttpClient client, string area) =>
        (await client.GetJsonAsync($"areas/{area}/patrols")).GetProperty("sum");
}
