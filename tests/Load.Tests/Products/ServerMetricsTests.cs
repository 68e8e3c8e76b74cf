using GridMesh.Load.Clients;

namespace GridMesh.Load.Tests.Products;

public sealed class ServerMetricsTests
{
    [Fact(DisplayName = "[LO11] a silo's grains are read from its metrics, and metrics of longer names are left out")]
    public void Activations()
    {
        const string Metrics = "# TYPE orleans_catalog_activations gauge\norleans_catalog_activations{a=\"b\"} 3\n"
            + "orleans_catalog_activations{a=\"c\"} 4\norleans_catalog_activations_created_total 99\n";

        ServerMetrics.Activations(Metrics).ShouldBe(7);
        ServerMetrics.Activations("").ShouldBe(0);
    }
}
