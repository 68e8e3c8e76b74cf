using System.Diagnostics.Metrics;
using GridMesh.Gateway.Plumbing.Telemetry;

namespace GridMesh.Gateway.Tests.Plumbing.Telemetry;

public sealed class PrometheusTextTests
{
    [Fact(DisplayName = "[DP7] instruments of one name are one metric, told once with the series of all of them")]
    public void OneName()
    {
        using var meter = new Meter("GridMesh.Test");
        using var text = new PrometheusText();
        foreach (var queue in new[] { "a", "b" })
        {
            meter.CreateCounter<long>("gridmesh.test.items").Add(1, KeyValuePair.Create<string, object?>("queue", queue));
        }

        var lines = text.Render().Split('\n').Where(line => line.Contains("gridmesh_test_items")).ToList();
        lines.Select(line => line.TrimEnd('\r')).ShouldBe(
            [
                "# TYPE gridmesh_test_items_total counter", "gridmesh_test_items_total{queue=\"a\"} 1",
                "gridmesh_test_items_total{queue=\"b\"} 1",
            ],
            ignoreOrder: true);
        lines[0].ShouldStartWith("# TYPE");
    }

    [Fact(DisplayName = "[DP18] no more series than there is room for, own and others apart; a meter that ends gives its room back")]
    public void Room()
    {
        using var text = new PrometheusText();
        using (var other = new Meter("Microsoft.Orleans.Test"))
        {
            Fill(other, "test.other", PrometheusText.SeriesMax + 1);
            CountOf(text, "test_other").ShouldBeInRange(1, PrometheusText.SeriesMax);
        }

        CountOf(text, "test_other").ShouldBe(0);
        for (var round = 0; round < 3; round++)
        {
            using var own = new Meter("GridMesh.Test");
            Fill(own, "gridmesh.test.own", PrometheusText.SeriesMax / 2);
            CountOf(text, "gridmesh_test_own").ShouldBe(PrometheusText.SeriesMax / 2);
        }
    }

    private static void Fill(Meter meter, string name, int series)
    {
        var counter = meter.CreateCounter<long>(name);
        for (var i = 0; i < series; i++)
        {
            counter.Add(1, KeyValuePair.Create<string, object?>("n", i));
        }
    }

    private static int CountOf(PrometheusText text, string name) =>
        text.Render().Split('\n').Count(line => line.StartsWith(name + "_total{", StringComparison.Ordinal));
}
