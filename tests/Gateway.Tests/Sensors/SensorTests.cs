using System.Net;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Sensors;

public sealed class SensorTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[PR4] an alarm becomes a case, the same alarm again is the same case, after closing a new one")]
    public async Task Alarms()
    {
        var admin = await _app.SignInAsync("admin");
        var grid = SmallDistrict.Neighbour;
        async Task<string[]> AlarmAsync(int second)
        {
            var answer = await admin.SendAsync("sensors/events", new[]
            {
                new { device = $"smoke-{grid}", kind = "Smoke", at = DateTimeOffset.UtcNow.AddSeconds(-second),
                    value = 0.7 },
            });
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            return [.. (await answer.JsonAsync()).GetProperty("cases").EnumerateArray().Select(id => id.GetString()!)];
        }

        var first = await AlarmAsync(3);
        (await AlarmAsync(2)).ShouldBe(first);
        var incident = await admin.GetJsonAsync($"incidents/{first[0]}");
        (incident.Text("category"), incident.Text("source"), incident.Text("grid")).ShouldBe(("smoke", "Sensor", grid));
        await admin.DoAsync(incident, "reject", new { reason = "test" });
        (await AlarmAsync(1)).ShouldNotBe(first);
    }

    [Fact(DisplayName = "[PR5] the last door record is the latest, whatever order door events come in")]
    public async Task Doors()
    {
        var admin = await _app.SignInAsync("admin");
        var device = $"door-{SmallDistrict.FarGrid}";
        var latest = DateTimeOffset.UtcNow;
        var answer = await admin.SendAsync("sensors/events", new[]
        {
            new { device, kind = "Door", at = latest.AddHours(-1) }, new { device, kind = "Door", at = latest },
            new { device, kind = "Door", at = latest.AddHours(-2) },
            new { device = "unknown", kind = "Door", at = latest },
        });
        var batch = await answer.JsonAsync();
        batch.GetProperty("accepted").GetInt32().ShouldBe(3);
        batch.GetProperty("rejected")[0].Text("code").ShouldBe("DeviceIsUnknown");
        var building = await admin.GetJsonAsync($"buildings/{SmallDistrict.BuildingOf(SmallDistrict.FarGrid)}");
        building.GetProperty("lastDoorAt").GetDateTimeOffset().ShouldBe(latest, TimeSpan.FromMilliseconds(1));
        building.GetProperty("elderlyAlone").GetInt32().ShouldBe(3);
        var viewer = await _app.SignInAsync("viewer");
        (await viewer.GetStringAsync($"/api/v1/buildings/{SmallDistrict.BuildingOf(SmallDistrict.FarGrid)}"))
            .ShouldNotContain("\"elderlyAlone\":3");
    }
}
