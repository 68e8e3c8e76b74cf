using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Incidents;

public sealed class SearchTests(Product product)
{
    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[ST15, ST30] cases are found by any part of their text, their category, their owner and all of it together")]
    public async Task Finds()
    {
        var grid = SmallDistrict.Grid;
        var id = SmallDistrict.WorkerOf(grid, 2);
        var dispatcher = await _app.SignInAsync("dispatcher");
        var marker = $"搜索{Guid.NewGuid():N}";
        var incident = await dispatcher.ReportAsync(grid, category: "cover", description: $"东门外{marker}井盖响");
        await dispatcher.DoAsync(incident, "dispatch", new { owner = id });
        foreach (var query in (string[])[$"q={marker}", $"q={marker[3..]}", $"q={incident.Id()}",
            $"q={marker}&category=cover&owner={id}&area={grid}"])
            Ids(await dispatcher.GetJsonAsync($"incidents?{query}")).ShouldBe([incident.Id()], query);

        Ids(await dispatcher.GetJsonAsync($"incidents?owner={id}&limit=200")).ShouldContain(incident.Id());
        Ids(await dispatcher.GetJsonAsync($"incidents?q={marker}&category=litter")).ShouldBeEmpty();
        Ids(await dispatcher.GetJsonAsync($"incidents?q={marker}&owner=D-fire")).ShouldBeEmpty();
    }

    private static string[] Ids(System.Text.Json.JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.Text("id"))];
}
