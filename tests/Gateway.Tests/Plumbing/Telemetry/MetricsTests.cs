using System.Diagnostics.Metrics;
using GridMesh.Gateway.Plumbing.Telemetry;
using GridMesh.Product.Fixture;

namespace GridMesh.Gateway.Tests.Plumbing.Telemetry;

/// <summary>
/// A product of its own, while no other test runs: hosts of one process share the series of an instrument, and the
/// first that stops takes them along. Outside tests a process has one host.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class MetricsProduct : ICollectionFixture<MetricsProduct>, IAsyncLifetime
{
    public MeshApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await MeshApp.StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

[Collection(typeof(MetricsProduct))]
public sealed class MetricsTests(MetricsProduct product)
{
    private readonly MeshApp _app = product.App;

    [Fact(DisplayName = "[DP7] instruments of one name are one metric, told once with the series of all of them")]
    public async Task OneName()
    {
        using var meter = new Meter("GridMesh.Test");
        foreach (var queue in new[] { "a", "b" })
            meter.CreateCounter<long>("gridmesh.test.items")
                .Add(1, KeyValuePair.Create<string, object?>("queue", queue));

        (await LinesAsync("gridmesh_test_items")).ShouldBe(
            ["gridmesh_test_items_total{queue=\"a\"} 1", "gridmesh_test_items_total{queue=\"b\"} 1"],
            ignoreOrder: true);
        (await LinesAsync("# TYPE gridmesh_test_items_total counter")).Count.ShouldBe(1);
    }

    [Fact(DisplayName = "[DP18] an instrument has no more series than there is room for, the rest is one; a meter that ends is gone")]
    public async Task Room()
    {
        using (var meter = new Meter("GridMesh.Test"))
        {
            var counter = meter.CreateCounter<long>("gridmesh.test.many");
            for (var i = 0; i < 2 * TelemetrySetup.SeriesMax; i++)
                counter.Add(1, KeyValuePair.Create<string, object?>("n", i));

            var lines = await LinesAsync("gridmesh_test_many_total");
            lines.Count.ShouldBeInRange(TelemetrySetup.SeriesMax, TelemetrySetup.SeriesMax + 1);
            lines.ShouldContain(line => line.Contains("otel_metric_overflow"));
        }

        await LinesAsync("gridmesh_test_many_total");
        (await LinesAsync("gridmesh_test_many_total")).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[DP19] a p99 of commands can be told from their buckets")]
    public async Task Buckets()
    {
        var worker = await _app.SignInAsync("worker", SmallDistrict.Grid, SmallDistrict.WorkerOf(SmallDistrict.Grid));
        await worker.ReportAsync();
        var bounds = (await LinesAsync("gridmesh_command_duration_milliseconds_bucket{command=\"report\""))
            .Select(line => line.Split("le=\"")[1].Split('"')[0]).ToList();
        bounds.Count.ShouldBeGreaterThan(20);
        bounds[^1].ShouldBe("+Inf");
        (await LinesAsync("gridmesh_command_duration_milliseconds_count{command=\"report\"}")).Count.ShouldBe(1);
    }

    private async Task<List<string>> LinesAsync(string beginning) =>
        [.. (await _app.Http.GetStringAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith(beginning, StringComparison.Ordinal))];
}
