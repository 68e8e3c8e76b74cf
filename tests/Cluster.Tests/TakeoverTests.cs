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
        var walls = await Task.WhenAll(gateways.Select(MeshCluster.WatchAsync));
        await using var reporters = new Reporters(clients);
        await reporters.AnsweredAsync(200);
        await cluster.KillAsync(silos[1]);
        await reporters.AnsweredAsync(200);
        await reporters.DisposeAsync();
        await reporters.AllAreThereAsync(clients, walls);
        await cluster.StopCleanAsync();
    }

    [Fact(DisplayName = "[OR4] a silo told to stop goes in order: red first, then its grids live elsewhere and nothing is lost")]
    public async Task Drain()
    {
        var (cluster, silos) = await MeshCluster.StartAsync(silos: 2, MeshCluster.Patient);
        await using var _ = cluster;
        var gateway = await cluster.AddGatewayAsync();
        var client = await MeshCluster.SignInAsync(gateway);
        var wall = await MeshCluster.WatchAsync(gateway);
        await using var reporters = new Reporters([client]);
        await reporters.AnsweredAsync(100);
        await cluster.StopAsync(silos[0]);
        await reporters.AnsweredAsync(100);
        await reporters.DisposeAsync();
        await reporters.AllAreThereAsync([client], [wall]);
        await cluster.StopCleanAsync();
    }

    [Fact(DisplayName = "[OR5] a silo that is added takes its share of the live tree, and one that drains is red while it still serves")]
    public async Task Add()
    {
        var (cluster, silos) = await MeshCluster.StartAsync(silos: 1, MeshCluster.Patient);
        await using var _ = cluster;
        var gateway = await cluster.AddGatewayAsync(settings: "GridMesh:Gateway:DrainSeconds=3");
        var client = await MeshCluster.SignInAsync(gateway);
        var wall = await MeshCluster.WatchAsync(gateway);
        await using var reporters = new Reporters([client]);
        await reporters.AnsweredAsync(50);
        var added = await cluster.AddSiloAsync();
        using var metrics = new HttpClient { BaseAddress = added.Url };
        await Eventually.TrueAsync(
            async () =>
                AreasIn(await metrics.GetStringAsync("/metrics")) >= 10, "areas and grids live on the new silo");
        await reporters.AnsweredAsync(100);
        await reporters.DisposeAsync();
        await reporters.AllAreThereAsync([client], [wall]);

        var stopping = cluster.StopAsync(gateway);
        await Eventually.TrueAsync(
            async () => !(await client.GetAsync("/healthz/ready")).IsSuccessStatusCode, "the gateway is red");
        (await client.GetAsync($"/api/v1/areas/{SmallDistrict.Code}")).EnsureSuccessStatusCode();
        await stopping;
        await cluster.StopCleanAsync();
    }

    /// <summary>Grids and areas that are active on a silo.</summary>
    private static double AreasIn(string metrics) => metrics.Split('\n')
        .Where(line => line.StartsWith("orleans_catalog_activations{", StringComparison.Ordinal)
            && (line.Contains("\"grid\"") || line.Contains("\"area\"")))
        .Sum(
            line =>
                double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
}
