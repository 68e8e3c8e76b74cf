using System.Text.Json;
using GridMesh.Client;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Areas;

public sealed class WallTests
{
    [Fact(DisplayName = "[WP2] a case reaches walls on every tier, and what frames made equals a new snapshot")]
    public async Task EveryTier()
    {
        await using var app = await MeshApp.StartAsync();
        var token = await app.TokenAsync("viewer");
        var dispatcher = await app.SignInAsync("dispatcher");
        string[] codes = [SmallDistrict.Code, SmallDistrict.Town, SmallDistrict.Community, SmallDistrict.Grid];
        var walls = new List<LiveView>();
        foreach (var code in codes)
            walls.Add(await LiveView.WatchAsync(app.Url, token, code));

        var incident = await dispatcher.ReportAsync();
        foreach (var wall in walls)
            await wall.UntilAsync(
                state => state.Open == 1 && state.Incidents.ContainsKey(incident.Id()), "the case is on the wall");

        await dispatcher.DoAsync(incident, "reject", new { reason = "x" });
        await dispatcher.ReportAsync(SmallDistrict.FarGrid);
        await walls[0].UntilAsync(
            state => state.Open == 1 && !state.Incidents.ContainsKey(incident.Id()), "the case is gone");
        await walls[3].UntilAsync(state => state.Open == 0, "the grid is empty");
        foreach (var (wall, code) in walls.Zip(codes))
        {
            var fresh = await LiveView.WatchAsync(app.Url, token, code);
            await wall.UntilAsync(
                state => state.Summary.ToString() == fresh.State.Summary.ToString(), "the numbers agree");
            wall.State.Incidents.Keys.Order().ShouldBe(fresh.State.Incidents.Keys.Order());
            wall.State.Children.Values.Select(child => child.ToString()).Order()
                .ShouldBe(fresh.State.Children.Values.Select(child => child.ToString()).Order());
            wall.Gaps.ShouldBe(0);
            await fresh.DisposeAsync();
            await wall.DisposeAsync();
        }
    }

    [Fact(DisplayName = "[RU5] every number of a parent is the sum over its children")]
    public async Task Sums()
    {
        await using var app = await MeshApp.StartAsync();
        var dispatcher = await app.SignInAsync("dispatcher");
        var grids = SmallDistrict.Data.Areas.Where(area => area.Code.Value.Length == 15).Select(area => area.Code.Value)
            .ToArray();
        for (var i = 0; i < 40; i++)
        {
            var incident = await dispatcher.ReportAsync(grids[i % 8], i % 3 == 0 ? "dispute" : "litter");
            if (i % 4 == 0)
                await dispatcher.DoAsync(incident, "reject", new { reason = "x" });
        }

        await Eventually.TrueAsync(
            async () =>
            {
                var district = (await AreaAsync(dispatcher, SmallDistrict.Code)).GetProperty("summary")
                    .GetProperty("incidents");
                return (district.GetProperty("reportedToday").GetInt32(), district.GetProperty("open").GetInt32(),
                    district.GetProperty("closedToday").GetInt32()) == (40, 30, 10);
            },
            "all reports and refusals have climbed");
        await SumsHoldAsync(dispatcher, SmallDistrict.Code);
    }

    [Fact(DisplayName = "[WP3] who comes back gets the frames since; with a foreign epoch it is wiped with a snapshot")]
    public async Task Resume()
    {
        await using var app = await MeshApp.StartAsync();
        var token = await app.TokenAsync("viewer");
        var dispatcher = await app.SignInAsync("dispatcher");
        var wall = await LiveView.WatchAsync(app.Url, token, SmallDistrict.Code);
        var stays = await LiveView.WatchAsync(app.Url, token, SmallDistrict.Code);
        await wall.Hub.DisposeAsync();
        var (epoch, version) = (wall.State.Epoch, wall.State.Version);
        epoch.ShouldBeInRange(1, (1L << 53) - 1, "a browser holds it exactly");
        await dispatcher.ReportAsync();
        await stays.UntilAsync(state => state.Open == 1, "the other wall has it");

        var hub = LiveView.Connect(app.Url, token);
        await hub.StartAsync();
        var resumed = await InvokeAsync(hub, SmallDistrict.Code, new { epoch, version });
        resumed.Text("kind").ShouldBe("resumed");
        foreach (var frame in resumed.GetProperty("frames").EnumerateArray())
            wall.State.TryApply(frame).ShouldBeTrue();

        wall.State.Open.ShouldBe(1);
        (await InvokeAsync(hub, SmallDistrict.Code, new { epoch = epoch - 1, version })).Text("kind")
            .ShouldBe("snapshot");
        (await InvokeAsync(hub, SmallDistrict.Code, new { epoch, version = version + 1_000 })).Text("kind")
            .ShouldBe("snapshot");
        await hub.DisposeAsync();
        await stays.DisposeAsync();
    }

    [Fact(DisplayName = "[BO3] a client watches at most 20 areas, and another one when it lets one go")]
    public async Task WatchMax()
    {
        var data = SmallDistrict.Data;
        var more = Enumerable.Range(100, 10).Select(i => new AreaEntry(
            AreaCode.Parse($"{SmallDistrict.Town}{i}"), "x", "x", AreaShape.None));
        await using var app = await MeshApp.StartAsync(directory: data with { Areas = [.. data.Areas, .. more] });
        var hub = LiveView.Connect(app.Url, await app.TokenAsync("viewer"));
        await hub.StartAsync();
        var codes = data.Areas.Select(area => area.Code.Value).Concat(more.Select(area => area.Code.Value)).ToArray();
        codes.Length.ShouldBeGreaterThan(21);
        foreach (var code in codes[..20])
            await InvokeAsync(hub, code, null);

        await InvokeAsync(hub, codes[0], null);
        (await Should.ThrowAsync<Exception>(() => InvokeAsync(hub, codes[20], null))).Message.ShouldContain(
            "TooManyAreas");
        await Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.InvokeAsync(hub, "Unwatch", codes[3]);
        await InvokeAsync(hub, codes[20], null);
        await hub.DisposeAsync();
    }

    [Fact(DisplayName = "[WP3] walls catch up by themselves when the server was killed and started again")]
    public async Task Restart()
    {
        var app = await MeshApp.StartAsync();
        var dispatcher = await app.SignInAsync("dispatcher");
        var incident = await dispatcher.ReportAsync();
        var before = await LiveView.WatchAsync(app.Url, await app.TokenAsync("viewer"), SmallDistrict.Code);
        await before.UntilAsync(state => state.Open == 1, "the case is there");
        var folder = await app.StopAsync();
        app = await MeshApp.StartAsync(folder);
        var after = await LiveView.WatchAsync(app.Url, await app.TokenAsync("viewer"), SmallDistrict.Code);
        after.State.Open.ShouldBe(1);
        after.State.Incidents.ShouldContainKey(incident.Id());
        after.State.Epoch.ShouldNotBe(before.State.Epoch);
        await app.StopAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private static async Task<JsonElement> AreaAsync(HttpClient client, string code) =>
        await client.GetJsonAsync($"areas/{code}");

    private static async Task SumsHoldAsync(HttpClient client, string code)
    {
        var area = await AreaAsync(client, code);
        var children = area.GetProperty("children").EnumerateArray().ToArray();
        if (children.Length == 0)
            return;

        foreach (var (path, total) in Numbers(area.GetProperty("summary")))
            children.Sum(child => Numbers(child.GetProperty("summary")).Single(n => n.Path == path).Value)
                .ShouldBe(total, $"{code} {path}");

        foreach (var child in children)
            await SumsHoldAsync(client, child.Text("code"));
    }

    private static IEnumerable<(string Path, int Value)> Numbers(JsonElement element, string path = "") =>
        element.ValueKind == JsonValueKind.Number
            ? [(path, element.GetInt32())]
            : element.EnumerateObject().SelectMany(property => Numbers(property.Value, $"{path}/{property.Name}"));

    private static Task<JsonElement> InvokeAsync(
        Microsoft.AspNetCore.SignalR.Client.HubConnection hub, string code, object? since) =>
        Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.InvokeAsync<JsonElement>(hub, "Watch", code, since);
}
