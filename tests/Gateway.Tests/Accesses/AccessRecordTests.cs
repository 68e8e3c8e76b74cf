using System.Net;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Accesses;

public sealed class AccessRecordTests(Product product)
{
    private const string Grid = "450105002001002";

    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[AC11] what was read of people is on record, for an inspector to read, and what was refused is not")]
    public async Task OnRecord()
    {
        var worker = SmallDistrict.WorkerOf(Grid);
        var dispatcher = await _app.SignInAsync("dispatcher", SmallDistrict.OtherTown);
        var incident = await dispatcher.ReportAsync(Grid);
        var building = SmallDistrict.BuildingOf(Grid);
        foreach (var path in new[] { $"incidents/{incident.Id()}", $"workers/{worker}/track",
            $"buildings/{building}/watches", $"areas/{Grid}/visits", $"areas/{Grid}/services" })
            (await dispatcher.GetAsync($"/api/v1/{path}")).StatusCode.ShouldBe(HttpStatusCode.OK, path);

        var viewer = await _app.SignInAsync("viewer", SmallDistrict.OtherTown);
        (await viewer.GetAsync($"/api/v1/workers/{worker}/track")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await viewer.GetAsync($"/api/v1/areas/{Grid}/visits");

        var inspector = await _app.SignInAsync("inspector", SmallDistrict.OtherTown);
        var read = await ItemsAsync(inspector, $"accesses?area={Grid}&limit=5");
        read.Select(one => (one.Text("sub"), one.Text("kind"), one.Text("subject"))).ShouldBe([
            ("dispatcher@450105002", "Household", Grid), ("dispatcher@450105002", "Household", Grid),
            ("dispatcher@450105002", "Household", building), ("dispatcher@450105002", "Track", worker),
            ("dispatcher@450105002", "Case", incident.Id()),
        ]);
        (await ItemsAsync(inspector, $"accesses?area={Grid}&kind=Track&subject={worker}")).Single().Text("role")
            .ShouldBe("Dispatcher");
        (await ItemsAsync(inspector, "accesses?kind=Record")).ShouldNotBeEmpty("who reads the record is in it");

        (await (await dispatcher.GetAsync("/api/v1/accesses")).CodeAsync()).ShouldBe("RoleMayNot");
        (await (await inspector.GetAsync($"/api/v1/accesses?area={SmallDistrict.Town}")).CodeAsync())
            .ShouldBe("AreaIsOutsideYourOwn");
    }

    [Fact(DisplayName = "[AC11] the record is read page by page")]
    public async Task Pages()
    {
        var id = SmallDistrict.WorkerOf(SmallDistrict.FarGrid, 2);
        var start = Uri.EscapeDataString($"{TimeProvider.System.GetUtcNow():O}");
        var lead = await _app.SignInAsync("lead", SmallDistrict.FarGrid, id);
        for (var i = 0; i < 5; i++)
            await lead.GetAsync($"/api/v1/areas/{SmallDistrict.FarGrid}/services");

        var admin = await _app.SignInAsync("admin");
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await admin.GetJsonAsync($"accesses?sub={id}&from={start}&limit=2{cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.Text("at")));
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        seen.Count.ShouldBe(5);
        seen.ShouldBe(seen.OrderDescending());
    }

    private static async Task<JsonElement[]> ItemsAsync(HttpClient client, string path) =>
        [.. (await client.GetJsonAsync(path)).GetProperty("items").EnumerateArray()];
}
