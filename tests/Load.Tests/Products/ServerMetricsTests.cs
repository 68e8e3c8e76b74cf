using GridMesh.Load.Clients;

namespace GridMesh.Load.Tests.Products;

public sealed class ServerMetricsTests
{
    [Fact(DisplayName = "[LO11] a silo's grids are read from its metrics, and other grains and metrics are left out")]
    public void Grids()
    {
        const string Metrics = "# TYPE orleans_catalog_activations gauge\norleans_catalog_activations{grain_type=\"worker\"} 3\n"
            + "orleans_catalog_activations{grain_type=\"grid\"} 140\norleans_grains{grain_type=\"grid\"} 99\n";

        ServerMetrics.Grids(Metrics).ShouldBe(140);
        ServerMetrics.Grids("").ShouldBe(0);
    }
}
