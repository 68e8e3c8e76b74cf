using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Product.Fixture;

namespace GridMesh.Cluster.Tests;

public sealed class TakeoverTests
{
    [Fact(DisplayName = "[OR3] kill -9 of a silo loses nothing acknowledged, and walls on every gateway are right again by themselves")]
    public async Task Kill()
    {
        var (cluster, silos) = await MeshCluster.StartAsync(silos: 3);
        await using var _ = cluster;
        var gateways = await Task.WhenAll(cluster.AddGatewayAsync(), cluster.AddGatewayAsync());
        var clients = await Task.WhenAll(gateways.Select(gateway => MeshCluster.SignInAsync(gateway)));
        var walls = await Task.WhenAll(gateways.Select(WatchAsync));
        await using var reporters = new Reporters(clients);
        await reporters.AnsweredAsync(200);
        await silos[1].KillAsync();
        await reporters.AnsweredAsync(200);
        await reporters.DisposeAsync();
        await AllAreThereAsync(reporters, clients, walls);
        await StopCleanAsync(cluster, [.. gateways, silos[0], silos[2]]);
    }

    [Fact(DisplayName = "[OR4] a silo told to stop goes in order: red first, then its grids live elsewhere and nothing is lost")]
    public async Task Drain()
    {
        var (cluster, silos) = await MeshCluster.StartAsync(silos: 2);
        await using var _ = cluster;
        var gateway = await cluster.AddGatewayAsync();
        var client = await MeshCluster.SignInAsync(gateway);
        var wall = await WatchAsync(gateway);
        await using var reporters = new Reporters([client]);
        await reporters.AnsweredAsync(100);
        (await silos[0].TerminateAsync()).ShouldBe(0, silos[0].Output);
        await reporters.AnsweredAsync(100);
        await reporters.DisposeAsync();
        await AllAreThereAsync(reporters, [client], [wall]);
        await StopCleanAsync(cluster, [gateway, silos[1]]);
    }

    [Fact(DisplayName = "[OR5] a silo that is added takes its share of the live tree, and one that drains is red while it still serves")]
    public async Task Add()
    {
        var (cluster, silos) = await MeshCluster.StartAsync(silos: 1);
        await using var _ = cluster;
        var gateway = await cluster.AddGatewayAsync("--set", "GridMesh:Gateway:DrainSeconds=3");
        var client = await MeshCluster.SignInAsync(gateway);
        var wall = await WatchAsync(gateway);
        await using var reporters = new Reporters([client]);
        await reporters.AnsweredAsync(50);
        var added = await cluster.AddSiloAsync();
        using var metrics = new HttpClient { BaseAddress = added.Url };
        await Eventually.TrueAsync(
            async () => AreasIn(await metrics.GetStringAsync("/metrics")) >= 10, "areas and grids live on the new silo");
        await reporters.AnsweredAsync(100);
        await reporters.DisposeAsync();
        await AllAreThereAsync(reporters, [client], [wall]);

        var stopping = gateway.TerminateAsync();
        await Eventually.TrueAsync(
            async () => !(await client.GetAsync("/healthz/ready")).IsSuccessStatusCode, "the gateway is red");
        (await client.GetAsync($"/api/v1/areas/{SmallDistrict.Code}")).EnsureSuccessStatusCode();
        (await stopping).ShouldBe(0);
        await StopCleanAsync(cluster, [added, silos[0]]);
    }

    private static async Task<WallWatcher> WatchAsync(SiloProcess gateway) => await WallWatcher.WatchAsync(
        gateway.Url, await MeshCluster.TokenAsync(gateway, "viewer"), SmallDistrict.Code);

    /// <summary>Grids and areas that are active on a silo.</summary>
    private static double AreasIn(string metrics) => metrics.Split('\n')
        .Where(line => line.StartsWith("orleans_catalog_activations{", StringComparison.Ordinal)
            && (line.Contains("\"grid\"") || line.Contains("\"area\"")))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));

    private static async Task AllAreThereAsync(Reporters reporters, HttpClient[] clients, WallWatcher[] walls)
    {
        var cases = reporters.Acknowledged;
        cases.Values.Distinct().Count().ShouldBe(cases.Count);
        foreach (var (key, id) in cases)
        {
            (await clients[0].GetFromJsonAsync<JsonElement>($"/api/v1/incidents/{id}"))
                .GetProperty("description").GetString().ShouldBe(key);
        }

        foreach (var client in clients)
        {
            await Eventually.TrueAsync(
                async () => await OpenAsync(client, SmallDistrict.Code) == cases.Count, "the district counts every case once");
        }

        foreach (var wall in walls)
        {
            await wall.UntilAsync(state => state.Open == cases.Count, "the wall counts every case once");
        }
    }

    private static async Task<int> OpenAsync(HttpClient client, string area) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/v1/areas/{area}")).GetProperty("summary")
            .GetProperty("incidents").GetProperty("open").GetInt32();

    private static async Task StopCleanAsync(MeshCluster cluster, SiloProcess[] processes)
    {
        foreach (var process in processes)
        {
            (await process.TerminateAsync()).ShouldBe(0, process.Output);
        }

        var (clean, said) = await cluster.VerifyAsync();
        clean.ShouldBe(0, said);
    }
}
