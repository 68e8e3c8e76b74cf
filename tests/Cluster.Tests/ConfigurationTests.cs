using GridMesh.Gateway.Hosting.Cluster;
using Microsoft.Extensions.Configuration;

namespace GridMesh.Cluster.Tests;

public sealed class ConfigurationTests
{
    [Fact(DisplayName = "[OR9] Orleans without PostgreSQL is refused, and every problem of the section is said at once")]
    public void Problems()
    {
        var problems = Read(
            ("GridMesh:Cluster:SiloPort", "0"), ("GridMesh:Cluster:GatewayPort", "x"), ("GridMesh:Cluster:ProbeMs", "10"),
            ("GridMesh:Cluster:ClusterId", ""), ("GridMesh:Gateway:DrainSeconds", "-1"));
        problems.ShouldContain(problem => problem.Contains("GridMesh:Storage has to be Postgres"));
        problems.ShouldContain(problem => problem.StartsWith("GridMesh:Cluster: "));
        problems.ShouldContain(problem => problem.Contains("GridMesh:Gateway:DrainSeconds is -1"));
        Read(("GridMesh:Cluster:SiloPort", "0"), ("GridMesh:Cluster:ProbeMs", "10"), ("GridMesh:Cluster:ClusterId", ""))
            .Count(problem => problem.Contains("GridMesh:Cluster:")).ShouldBe(3);
        Read(("GridMesh:Cluster:SiloPort", "30000")).ShouldContain(problem => problem.Contains("are both 30000"));
    }

    [Fact(DisplayName = "[OR9] a silo without doors needs no signing key, and a demo without doors is refused")]
    public void Doors()
    {
        (string, string)[] postgres = [("GridMesh:Storage", "Postgres"), ("ConnectionStrings:GridMesh", "Host=db;Database=x")];
        Read(isDevelopment: false, postgres).ShouldBeEmpty();
        Read(isDevelopment: false, [.. postgres, ("GridMesh:Gateway:Enabled", "true")])
            .ShouldContain(problem => problem.Contains("GridMesh:Auth:SigningKey"));
        Read(isDevelopment: true, [.. postgres, ("GridMesh:Demo:Enabled", "true")])
            .ShouldContain(problem => problem.Contains("--gateway"));
        Read(isDevelopment: true, postgres).ShouldBeEmpty("without doors there is no demo by default");
    }

    private static IReadOnlyList<string> Read(params (string Key, string Value)[] settings) => Read(true, settings);

    private static IReadOnlyList<string> Read(bool isDevelopment, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();
        return Silo.MeshOptions.Read(configuration, isDevelopment).Problems;
    }
}
