using System.Net;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Fixture;

namespace GridMesh.Silo.Tests;

public sealed class StopTests
{
    /// <summary>Longer than the two seconds after which the command line would end the process by itself.</summary>
    private const int DrainSeconds = 3;

    [Fact(DisplayName = "[DU4] SIGTERM: red at once, open for the drain, and exit code 0")]
    public async Task Drain()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"gridmesh-{Guid.NewGuid():N}");
        await (await MeshApp.StartAsync(folder)).StopAsync();
        await using var silo = await SiloProcess.ServeAsync(
            folder, null, "--set", $"GridMesh:Gateway:DrainSeconds={DrainSeconds}");
        using var http = new HttpClient { BaseAddress = silo.Url };
        var ending = silo.TerminateAsync();
        await Eventually.TrueAsync(
            async () => (await http.GetAsync("/healthz/ready")).StatusCode == HttpStatusCode.ServiceUnavailable,
            "the silo is red and still answers");

        (await ending).ShouldBe(0, silo.Output);
    }
}
