using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Workers;

public sealed class WorkerTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[PR3] positions are taken on duty and refused off duty, each told by its index")]
    public async Task Positions()
    {
        var grid = SmallDistrict.Neighbour;
        var id = SmallDistrict.WorkerOf(grid);
        var worker = await _app.SignInAsync("worker", grid, id);
        var point = SmallDistrict.PointIn(grid);
        object Position(string? who, double lng, TimeSpan ago) =>
            new { worker = who, lng, lat = point.Lat, at = DateTimeOffset.UtcNow - ago };

        var refused = await (await worker.SendAsync("positions", new[] { Position(id, point.Lng, default) }))
            .JsonAsync();
        refused.GetProperty("rejected")[0].Text("code").ShouldBe("WorkerIsOffDuty");

        (await worker.SendAsync($"workers/{id}/shift", new { onDuty = true })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await worker.SendAsync("positions", new[]
        {
            Position(id, point.Lng, TimeSpan.FromSeconds(5)), Position("nobody", 1, default),
            Position(id, 999, default), Position(id, point.Lng, TimeSpan.FromHours(-1)),
            Position(SmallDistrict.WorkerOf(grid, 2), point.Lng, default),
            Position(id, point.Lng + 0.001, TimeSpan.FromSeconds(10)),
        });
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var batch = await answer.JsonAsync();
        batch.GetProperty("accepted").GetInt32().ShouldBe(2);
        batch.GetProperty("rejected").EnumerateArray().OrderBy(item => item.GetProperty("index").GetInt32())
            .Select(item => item.Text("code"))
            .ShouldBe(["WorkerIsUnknown", "ValidationFailed", "PositionIsFromTheFuture", "OnlyTheWorkerOrItsLeadMay"]);

        var detail = await worker.GetJsonAsync($"workers/{id}");
        detail.GetProperty("onDuty").GetBoolean().ShouldBeTrue();
        detail.GetProperty("position").GetProperty("lng").GetDouble().ShouldBe(point.Lng);
        var track = await worker.GetJsonAsync($"workers/{id}/track");
        track.GetProperty("items").GetArrayLength().ShouldBe(2);

        await worker.SendAsync($"workers/{id}/shift", new { onDuty = false });
        (await worker.GetJsonAsync($"workers/{id}")).GetProperty("onDuty").GetBoolean().ShouldBeFalse();
    }

    [Fact(DisplayName = "[PR6] who is on duty is still on duty after a restart")]
    public async Task DutyOverRestart()
    {
        var app = await MeshApp.StartAsync();
        var id = SmallDistrict.WorkerOf(SmallDistrict.Grid);
        await (await app.SignInAsync("admin")).SendAsync($"workers/{id}/shift", new { onDuty = true });
        var folder = await app.StopAsync();
        app = await MeshApp.StartAsync(folder);
        var admin = await app.SignInAsync("admin");
        (await admin.GetJsonAsync($"workers/{id}")).GetProperty("onDuty").GetBoolean().ShouldBeTrue();
        (await admin.GetJsonAsync($"areas/{SmallDistrict.Code}")).GetProperty("summary").GetProperty("workers")
            .GetProperty("onDuty").GetInt32().ShouldBe(1);
        await app.StopAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact(DisplayName = "[AC6] nobody puts another worker on duty but its lead or a desk above")]
    public async Task WhoseShift()
    {
        var grid = SmallDistrict.FarGrid;
        var id = SmallDistrict.WorkerOf(grid);
        var colleague = await _app.SignInAsync("worker", grid, SmallDistrict.WorkerOf(grid, 2));
        (await colleague.SendAsync($"workers/{id}/shift", new { onDuty = true })).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden);
        var lead = await _app.SignInAsync("lead", grid, SmallDistrict.LeadOf(grid));
        (await lead.SendAsync($"workers/{id}/shift", new { onDuty = true })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var list = await lead.GetJsonAsync("workers?onDuty=true");
        list.GetProperty("items").EnumerateArray().Select(item => item.Id()).ShouldBe([id]);
    }
}
