using System.Text.Json.Nodes;

namespace GridMesh.Deploy.Tests;

public sealed class ComposeTests
{
    private const string File = "deploy/compose/compose.yaml";

    private static readonly IReadOnlyDictionary<string, JsonNode> s_services =
        Yaml.Documents(Repository.Read(File)).Single().At("services")!.AsObject()
            .ToDictionary(entry => entry.Key, entry => entry.Value!);

    private static readonly IReadOnlyDictionary<string, JsonNode> s_processes =
        s_services.Where(service => service.Key != "postgres").ToDictionary();

    [Fact(DisplayName = "[DP15] the laptop's cluster is PostgreSQL, a migration, two silos and a gateway")]
    public void Services() => s_services.Keys.ShouldBe(["postgres", "migrate", "silo-1", "silo-2", "gateway"]);

    [Fact(DisplayName = "[DP15] it is reached by the loopback interface only")]
    public void Loopback()
    {
        var ports = s_services.Values.SelectMany(service => service.Texts("ports")).ToList();
        ports.ShouldNotBeEmpty();
        ports.ShouldAllBe(port => port.StartsWith("127.0.0.1:"));
        s_services.Values.ShouldAllBe(service => service.At("network_mode") == null);
    }

    [Fact(DisplayName = "[DP15] the demo runs in one process, which has a gateway of its own")]
    public void Demo()
    {
        var demos = s_processes.Where(service => service.Value.Text("environment/GridMesh__Demo__Enabled") != "false")
            .ToList();
        demos.Count.ShouldBe(1);
        demos[0].Value.Text("environment/GridMesh__Demo__Enabled").ShouldBe("true");
        demos[0].Value.Text("environment/GridMesh__Cluster__Role").ShouldBe("All");
        s_processes.Values.ShouldAllBe(service => service.Text("environment/ASPNETCORE_ENVIRONMENT") == "Development");
    }

    [Fact(DisplayName = "[DP15] one image is silo, gateway or both, as its settings say")]
    public void Roles()
    {
        s_processes.Values.Select(service => service.Text("image")).Distinct().Count().ShouldBe(1);
        s_processes.Values.ShouldAllBe(service => service.Text("environment/GridMesh__Cluster__Mode") == "Database");
        s_processes.Where(service => service.Key != "migrate")
            .Select(service => (service.Key, service.Value.Text("environment/GridMesh__Cluster__Role")))
            .ShouldBe([("silo-1", "All"), ("silo-2", "Silo"), ("gateway", "Gateway")]);
    }

    [Fact(DisplayName = "[DP15] a silo gives the others the address that it has")]
    public void Addresses()
    {
        var silos = s_processes.Where(service => service.Key.StartsWith("silo-", StringComparison.Ordinal))
            .Select(service => service.Value).ToList();
        silos.ShouldAllBe(
            silo => silo.Text("environment/GridMesh__Cluster__Address") == silo.Text("networks/mesh/ipv4_address"));
        silos.Select(silo => silo.Text("networks/mesh/ipv4_address")).ShouldBeUnique();
    }

    [Fact(DisplayName = "[DP15] what serves is healthy when it is ready, and starts after what it needs")]
    public void Order()
    {
        s_processes["silo-1"].Text("depends_on/migrate/condition").ShouldBe("service_completed_successfully");
        s_processes["migrate"].Text("depends_on/postgres/condition").ShouldBe("service_healthy");
        foreach (var late in new[] { "silo-2", "gateway" })
            s_processes[late].Text("depends_on/silo-1/condition")
                .ShouldBe("service_healthy", "it makes the directory that they load");

        s_processes.Where(service => service.Key != "migrate").Select(service => service.Value)
            .ShouldAllBe(service => service.Text("healthcheck/test/3")!.Contains("GET /healthz/ready"));
    }

    [Fact(DisplayName = "[DP3] on the laptop too a process has a read-only root file system and no capability")]
    public void Restricted()
    {
        s_processes.Values.ShouldAllBe(service => service.Text("read_only") == "true");
        s_processes.Values.ShouldAllBe(service => service.Texts("cap_drop").SequenceEqual(new[] { "ALL" }));
        s_processes.Values.ShouldAllBe(service => service.Texts("security_opt").Contains("no-new-privileges:true"));
        s_processes.Values.ShouldAllBe(service => service.At("user") == null && service.At("privileged") == null);
    }

    [Fact(DisplayName = "[DP8] it builds the images of deploy/container")]
    public void Builds() => s_processes.Values
        .ShouldAllBe(service => Path.Exists(Path.Combine(Repository.Root, service.Text("build/dockerfile")!))
            && Manifests.Beside(File, service.Text("build/context")!) == ".");
}
