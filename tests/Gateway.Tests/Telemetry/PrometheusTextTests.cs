using System.Diagnostics.Metrics;
using GridMesh.Gateway.Telemetry;

namespace GridMesh.Gateway.Tests.Telemetry;

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
}
