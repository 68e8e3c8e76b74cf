using Microsoft.Extensions.Configuration;

namespace GridMesh.Cluster.Tests;

public sealed class ConfigurationTests
{
    [Fact(DisplayName = "[OR9] silos that meet in no PostgreSQL are refused, and every problem of the section is said at once")]
    public void Problems()
    {
        var problems = Read(
            ("GridMesh:Cluster:Mode", "Database"), ("GridMesh:Cluster:SiloPort", "0"),
            ("GridMesh:Gateway:DrainSeconds", "-1"));
        problems.ShouldContain(problem => problem.Contains("GridMesh:Storage has to be Postgres"));
        Read(("GridMesh:Cluster:GatewayPort", "x")).ShouldContain(problem => problem.StartsWith("GridMesh:Cluster: "));
        Read(("GridMesh:Cluster:Role", "Silo"))
            .ShouldContain(problem => problem.Contains("GridMesh:Cluster:Mode has to be Database"));
        problems.ShouldContain(problem => problem.Contains("GridMesh:Gateway:DrainSeconds is -1"));
        Read(("GridMesh:Cluster:SiloPort", "0"), ("GridMesh:Cluster:ProbeMs", "10"), ("GridMesh:Cluster:ClusterId", ""))
            .Count(problem => problem.Contains("GridMesh:Cluster:")).ShouldBe(3);
        Read(("GridMesh:Cluster:SiloPort", "30000")).ShouldContain(problem => problem.Contains("are both 30000"));
    }

    [Fact(DisplayName = "[OR9] a silo without a gateway needs no signing key, and a demo without one is refused")]
    public void Gateways()
    {
        (string, string)[] cluster =
        [
            ("GridMesh:Storage", "Postgres"), ("ConnectionStrings:GridMesh", "Host=db;Database=x"),
            ("GridMesh:Cluster:Mode", "Database"),
        ];
        (string, string)[] silo = [.. cluster, ("GridMesh:Cluster:Role", "Silo")];
        Read(isDevelopment: false, silo).ShouldBeEmpty();
        foreach (var role in new[] { "All", "Gateway" })
        {
            Read(isDevelopment: false, [.. cluster, ("GridMesh:Cluster:Role", role)])
                .ShouldContain(problem => problem.Contains("GridMesh:Auth:SigningKey"));
        }

        Read(isDevelopment: true, [.. silo, ("GridMesh:Demo:Enabled", "true")])
            .ShouldContain(problem => problem.Contains("GridMesh:Cluster:Role=All"));
        Read(isDevelopment: true, silo).ShouldBeEmpty("without a gateway there is no demo by default");
    }

    private static IReadOnlyList<string> Read(params (string Key, string Value)[] settings) => Read(true, settings);

    private static IReadOnlyList<string> Read(bool isDevelopment, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();
        return Silo.MeshOptions.Read(configuration, isDevelopment).Problems;
    }
}
