using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Incidents;

public sealed class CandidateTests
{
    [Fact(DisplayName = "[CL16] at dispatch those on duty who serve the line are suggested, the free ones first, the nearest of them first")]
    public async Task Nearest()
    {
        await using var app = await MeshApp.StartAsync();
        var dispatcher = await app.SignInAsync("dispatcher");
        var incident = await dispatcher.ReportAsync(SmallDistrict.Grid);
        (await CandidatesAsync(dispatcher, incident)).ShouldBeEmpty("nobody is on duty");

        // One far in the same town, one next door, one in the grid itself who has a case already.
        var (far, near, busy) = ("450105001002002", SmallDistrict.Neighbour, SmallDistrict.Grid);
        await OnDutyAsync(app, far);
        (await CandidatesAsync(dispatcher, incident))
            .ShouldBe([SmallDistrict.WorkerOf(far)], "nobody in the community, so the town is asked");
        await OnDutyAsync(app, near);
        (await CandidatesAsync(dispatcher, incident)).ShouldBe([SmallDistrict.WorkerOf(near)]);
        await OnDutyAsync(app, busy);
        (await CandidatesAsync(dispatcher, incident))
            .ShouldBe([SmallDistrict.WorkerOf(busy), SmallDistrict.WorkerOf(near)]);
        var other = await dispatcher.ReportAsync(SmallDistrict.Grid);
        await dispatcher.DoAsync(other, "dispatch", new { owner = SmallDistrict.WorkerOf(busy) });
        await Eventually.TrueAsync(
            async () =>
                (await CandidatesAsync(dispatcher, incident))
                .SequenceEqual([SmallDistrict.WorkerOf(near), SmallDistrict.WorkerOf(busy)]),
            "who has a case comes after who has none");
        (await CandidatesAsync(dispatcher, incident, "?limit=1")).ShouldBe([SmallDistrict.WorkerOf(near)]);
    }

    [Fact(DisplayName = "[CL16] only who may dispatch is told, and what is wrong is said")]
    public async Task Refused()
    {
        await using var app = await MeshApp.StartAsync();
        var dispatcher = await app.SignInAsync("dispatcher");
        var incident = await dispatcher.ReportAsync();
        var path = $"/api/v1/incidents/{incident.Id()}/candidates";
        (await (await app.SignInAsync("viewer")).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await app.SignInAsync("dispatcher", SmallDistrict.OtherTown)).GetAsync(path)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden);
        (await dispatcher.GetAsync($"{path}?limit=0")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await dispatcher.GetAsync("/api/v1/incidents/x/candidates")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await dispatcher.GetAsync($"/api/v1/incidents/{incident.Id()[..^4]}9999/candidates")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound);
    }

    private static async Task OnDutyAsync(MeshApp app, string grid)
    {
        var id = SmallDistrict.WorkerOf(grid);
        var worker = await app.SignInAsync("worker", grid, id);
        (await worker.SendAsync($"workers/{id}/shift", new { onDuty = true })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var point = SmallDistrict.PointIn(grid);
        var sent = await worker.SendAsync(
            "positions", new[] { new { worker = id, lng = point.Lng, lat = point.Lat, at = DateTimeOffset.UtcNow } });
        (await sent.JsonAsync()).GetProperty("accepted").GetInt32().ShouldBe(1);
    }

    private static async Task<string[]> CandidatesAsync(HttpClient client, JsonElement incident, string query = "") =>
        [.. (await client.GetJsonAsync($"incidents/{incident.Id()}/candidates{query}")).GetProperty("items")
            .EnumerateArray().Select(item => item.Id())];
}
