using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Workers;

public sealed class HandOverTests(Product product)
{
    private const string Grid = "450105002002002";

    private static readonly string s_worker = SmallDistrict.WorkerOf(Grid);
    private static readonly string s_colleague = SmallDistrict.WorkerOf(Grid, 2);

    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[PR9] who goes off duty hands over what waits for it, as facts; what is left is named, and no case is without its owner")]
    public async Task HandsOver()
    {
        var worker = await _app.SignInAsync("worker", Grid, s_worker);
        var dispatcher = await _app.SignInAsync("dispatcher");
        await ShiftAsync(worker, s_worker, new { onDuty = true });
        var dispatched = await DispatchAsync(dispatcher);
        var handling = await DispatchAsync(dispatcher);
        handling = await worker.DoAsync(handling, "accept");
        var inspecting = await worker.DoAsync(
            await worker.DoAsync(await DispatchAsync(dispatcher), "accept"), "resolve", new { result = "清理" });

        var without = await (await ShiftAsync(worker, s_worker, new { onDuty = false })).JsonAsync();
        Numbers(without, "left").ShouldBe([dispatched.Id(), handling.Id()], ignoreOrder: true);
        (await worker.GetJsonAsync($"incidents/{handling.Id()}")).Text("owner").ShouldBe(s_worker);

        await ShiftAsync(worker, s_worker, new { onDuty = true });
        foreach (var nobody in new[] { s_colleague, s_worker })
        {
            var refused = await ShiftAsync(worker, s_worker, new { onDuty = false, handTo = nobody });
            (refused.StatusCode, await refused.CodeAsync())
                .ShouldBe((HttpStatusCode.Conflict, "OnlyAnotherWorkerOnDutyTakesOver"));
        }

        (await ShiftAsync(worker, s_worker, new { onDuty = true, handTo = "nobody" })).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest);
        (await worker.GetJsonAsync($"workers/{s_worker}")).GetProperty("onDuty").GetBoolean()
            .ShouldBeTrue("a refused end is no end");

        var colleague = await _app.SignInAsync("worker", Grid, s_colleague);
        await ShiftAsync(colleague, s_colleague, new { onDuty = true });
        var answer = await ShiftAsync(worker, s_worker, new { onDuty = false, handTo = s_colleague }, "the-end");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var ended = await answer.JsonAsync();
        (ended.GetProperty("onDuty").GetBoolean(), ended.GetProperty("left").GetArrayLength()).ShouldBe((false, 0));
        Numbers(ended, "handed").ShouldBe([dispatched.Id(), handling.Id()], ignoreOrder: true);

        var after = await worker.GetJsonAsync($"incidents/{handling.Id()}");
        (after.Text("owner"), after.Text("step"), after.Text("dueAt"))
            .ShouldBe((s_colleague, "Handling", handling.Text("dueAt")));
        var fact = after.GetProperty("history").EnumerateArray().Last();
        (fact.Text("type"), fact.Text("from"), fact.Text("to"), fact.Text("by"))
            .ShouldBe(("IncidentHandedOver", s_worker, s_colleague, s_worker));
        (await worker.GetJsonAsync($"incidents/{inspecting.Id()}")).Text("owner")
            .ShouldBe(s_worker, "it waits for an inspector");
        await colleague.DoAsync(handling, "resolve", new { result = "清理完毕" });

        (await ShiftAsync(
            worker, s_worker, new { onDuty = false, handTo = s_colleague }, "the-end")).StatusCode.ShouldBe(
                HttpStatusCode.OK);
        await ShiftAsync(colleague, s_colleague, new { onDuty = false });
    }

    private static Task<HttpResponseMessage> ShiftAsync(
        HttpClient client, string worker, object body, string? key = null) =>
        client.SendAsync($"workers/{worker}/shift", body, key);

    private static async Task<JsonElement> DispatchAsync(HttpClient dispatcher) =>
        await dispatcher.DoAsync(await dispatcher.ReportAsync(Grid), "dispatch", new { owner = s_worker });

    private static string[] Numbers(JsonElement shift, string name) =>
        [.. shift.GetProperty(name).EnumerateArray().Select(one => one.GetString()!)];
}
