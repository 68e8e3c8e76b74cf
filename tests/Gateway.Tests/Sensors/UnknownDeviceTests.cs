using System.Net;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Gateway.Sensors;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Gateway.Tests.Sensors;

public sealed class UnknownDeviceTests(Product product)
{
    [Fact(DisplayName = "[PR10] a device that the directory lacks is counted and shown with kind, first and last time, to whoever keeps the directory")]
    public async Task Shown()
    {
        var app = product.App;
        var town = await app.SignInAsync("dispatcher", SmallDistrict.Town);
        var sent = new { device = "cam-new-1", kind = "FireRisk", at = DateTimeOffset.UtcNow };
        await town.SendAsync(
            "sensors/events",
            new object[] { sent, sent,
                new { device = $"smoke-{SmallDistrict.Grid}", kind = "WaterLevel", at = DateTimeOffset.UtcNow } });
        var items = (await town.GetJsonAsync("sensors/unknown")).GetProperty("items").EnumerateArray().ToArray();
        var camera = items.Single(item => item.Text("device") == "cam-new-1");
        (camera.Text("kind"), camera.GetProperty("count").GetInt64(), camera.Text("from"))
            .ShouldBe(("FireRisk", 2L, SmallDistrict.Town));
        items.ShouldContain(
            item => item.Text("device") == $"smoke-{SmallDistrict.Grid}" && item.Text("kind") == "WaterLevel");
        (await (await app.SignInAsync("dispatcher", SmallDistrict.OtherTown)).GetStringAsync("/api/v1/sensors/unknown"))
            .ShouldNotContain("cam-new-1");
        (await (await app.SignInAsync("viewer")).GetAsync("/api/v1/sensors/unknown")).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden);
        (await app.Http.GetStringAsync("/metrics")).ShouldContain("gridmesh_devices_unknown_total");
    }

    [Fact(DisplayName = "[PR10] a thousand unknown devices are held, the one that was silent longest goes; one that is imported is unknown no more")]
    public void Bounded()
    {
        var time = new FakeTimeProvider();
        var devices = new UnknownDevices(time);
        var area = AreaCode.Parse(SmallDistrict.Code);
        var first = time.GetUtcNow();
        for (var i = 0; i < UnknownDevices.DevicesMax; i++)
            devices.Seen($"d{i}", "Smoke", area);

        time.Advance(TimeSpan.FromMinutes(1));
        devices.Seen("d0", "Smoke", area);
        devices.Seen("more", "Smoke", area);
        var read = devices.Read(area, DirectoryView.Empty);
        (read.Count, devices.Forgotten).ShouldBe((UnknownDevices.DevicesMax, 1L));
        read.Select(one => one.Device).ShouldNotContain("d1");
        (read[0].Device, read[1]).ShouldBe(
            ("more", new UnknownDevice("d0", "Smoke", area, 2, first, time.GetUtcNow())));

        devices.Seen($"smoke-{SmallDistrict.Grid}", "smoke", area);
        devices.Read(area, new DirectoryView(SmallDistrict.Data))
            .ShouldNotContain(one => one.Device.StartsWith("smoke-"));
        devices.Read(area, DirectoryView.Empty).ShouldContain(one => one.Device.StartsWith("smoke-"));
    }
}
