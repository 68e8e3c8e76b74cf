using System.Net;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Incidents;

public sealed class StoreFaultTests
{
    [Fact(DisplayName = "[DU3] while the store is down commands answer 503 with a problem, and succeed with the same key afterwards")]
    public async Task Down()
    {
        FlakyJournal? journal = null;
        await using var app = await MeshApp.StartAsync(services: FlakyJournal.Before(made => journal = made));
        var dispatcher = await app.SignInAsync("dispatcher");
        var incident = await dispatcher.ReportAsync();
        journal!.IsDown = true;
        var refused = await dispatcher.CommandAsync(incident, "dispatch", new { owner = "D-urban" }, "d");
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await refused.CodeAsync()).ShouldBe("StorageIsUnavailable");
        var report = await dispatcher.SendAsync(
            "incidents", new { category = "litter", description = "x", grid = SmallDistrict.Grid }, "r");
        report.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await dispatcher.GetJsonAsync($"incidents/{incident.Id()}")).Text("step").ShouldBe("Reported");

        journal.IsDown = false;
        (await dispatcher.DoAsync(incident, "dispatch", new { owner = "D-urban" }, "d")).Text("step")
            .ShouldBe("Dispatched");
        (await dispatcher.ReportAsync(key: "r")).Text("step").ShouldBe("Reported");
    }
}
