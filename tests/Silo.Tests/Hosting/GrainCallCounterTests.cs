using GridMesh.Product.Fixture;

namespace GridMesh.Silo.Tests.Hosting;

public sealed class GrainCallCounterTests
{
    [Fact(DisplayName = "[LO11] calls of grains are counted by kind and method where the configuration asks for it")]
    public async Task Counts()
    {
        await using var app = await MeshApp.StartAsync(settings: "--GridMesh:Cluster:CountCalls=true");

        (await app.Http.GetStringAsync("/metrics")).ShouldContain(
            "gridmesh_grain_calls_total{grain=\"grid\",method=\"GridMesh.Contracts.Areas.IAreaNode.GetReportAsync\"} ");
    }
}
