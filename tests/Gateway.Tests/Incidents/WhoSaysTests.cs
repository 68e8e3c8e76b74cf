using System.Net;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Incidents;

public sealed class WhoSaysTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Theory(DisplayName = "[AC10] what a report says of where it comes from and of its reporter is the sender's to say")]
    [InlineData("resident", "R7", "Hotline", null, "source")]
    [InlineData("resident", "R7", "Worker", null, "source")]
    [InlineData("resident", "R7", null, "somebody else", "reporter")]
    [InlineData("worker", "W4501050010010011", "Hotline", null, "source")]
    [InlineData("worker", "W4501050010010011", "Sensor", null, "source")]
    [InlineData("lead", null, "Camera", null, "source")]
    [InlineData("resident", "R7", "Resident", "R7", null)]
    [InlineData("worker", "W4501050010010011", "Resident", "张某", null)]
    [InlineData("dispatcher", null, "Hotline", "李某", null)]
    public async Task Says(string role, string? worker, string? source, string? reporter, string? field)
    {
        var client = await _app.SignInAsync(role, SmallDistrict.Code, worker);
        var answer = await client.SendAsync("incidents", new
        {
            category = "litter", description = "垃圾", position = SmallDistrict.PointIn(SmallDistrict.Grid), source,
            reporter,
        });
        answer.StatusCode.ShouldBe(field is null ? HttpStatusCode.Created : HttpStatusCode.BadRequest);
        if (field is not null)
            (await answer.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name)
                .ShouldBe([field]);
    }

    [Fact(DisplayName = "[AC10] who handled a case does not rate it, though it reported it too")]
    public async Task Rates()
    {
        var worker = await _app.SignInAsync(
            "worker", SmallDistrict.FarGrid, SmallDistrict.WorkerOf(SmallDistrict.FarGrid));
        var incident = await worker.ReportAsync(SmallDistrict.FarGrid);
        await worker.DoAsync(incident, "self-handle");
        await worker.DoAsync(incident, "resolve", new { result = "清理" });
        await (await _app.SignInAsync("inspector")).DoAsync(incident, "inspect", new { pass = true });
        await worker.DoAsync(incident, "feedback", new { text = "已清理" });
        (await (await worker.CommandAsync(incident, "evaluate", new { score = 5 })).CodeAsync())
            .ShouldBe("NobodyDecidesForThemselves");
        await (await _app.SignInAsync("resident", SmallDistrict.FarGrid, "R8"))
            .DoAsync(incident, "evaluate", new { score = 4 });
    }
}
