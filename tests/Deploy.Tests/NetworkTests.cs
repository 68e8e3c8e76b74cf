using System.Text.Json.Nodes;

namespace GridMesh.Deploy.Tests;

public sealed class NetworkTests
{
    private static readonly IReadOnlyList<Manifest> s_policies =
        [.. Manifests.Of("NetworkPolicy").Where(policy => !Manifests.Patches.Contains(policy.File))];

    [Fact(DisplayName = "[DP9] every selector takes the pods that it means")]
    public void Selectors()
    {
        foreach (var workload in Manifests.Workloads.Where(workload => workload.Node.At("spec/selector") is not null))
            Manifests.Selects(workload.Node.At("spec/selector"), workload.PodLabels).ShouldBeTrue(workload.ToString());

        foreach (var workload in Manifests.Workloads)
        {
            workload.Pod.Items("topologySpreadConstraints")
                .ShouldAllBe(
                    constraint => Manifests.Selects(constraint.At("labelSelector"), workload.PodLabels),
                    workload.ToString());
        }

        foreach (var manifest in Manifests.Of("Service", "PodDisruptionBudget"))
            Selected(manifest.Node.At("spec/selector")).Count.ShouldBe(1, manifest.ToString());

        foreach (var scaler in Manifests.Of("HorizontalPodAutoscaler"))
        {
            Manifests.Of(scaler.Node.Text("spec/scaleTargetRef/kind")!).Select(target => target.Name)
                .ShouldContain(scaler.Node.Text("spec/scaleTargetRef/name")!);
        }
    }

    [Fact(DisplayName = "[DP9] every selector of a network policy takes a pod, its peers too")]
    public void PolicySelectors()
    {
        foreach (var policy in s_policies)
        {
            Selected(policy.Node.At("spec/podSelector")).ShouldNotBeEmpty(policy.ToString());
            foreach (var peer in Peers(policy, "ingress").Concat(Peers(policy, "egress"))
                .Where(peer => peer.Pods is not null))
                Selected(peer.Pods).ShouldNotBeEmpty(policy.ToString());
        }
    }

    [Fact(DisplayName = "[DP10] probes, services, the ingress and the arguments name ports that the containers have")]
    public void Ports()
    {
        foreach (var workload in Manifests.Workloads.Where(workload => workload.Serves))
        {
            foreach (var container in workload.Containers)
            {
                var ports = PortsOf(container);
                new[] { "startupProbe", "livenessProbe", "readinessProbe" }
                    .ShouldAllBe(
                        probe => ports.ContainsKey(container.Text($"{probe}/httpGet/port")!), workload.ToString());
                container.Texts("args").ShouldContain($"http://0.0.0.0:{ports["http"]}");
            }
        }

        foreach (var service in Manifests.Of("Service"))
        {
            var ports = PortsOf(Selected(service.Node.At("spec/selector")).Single().Pod.At("containers/0")!);
            service.Node.Items("spec/ports")
                .ShouldAllBe(port => ports.ContainsKey(port.Text("targetPort")!), service.ToString());
        }

        foreach (var backend in Manifests.Of("Ingress").SelectMany(ingress => ingress.Node.Walk())
            .Select(node => node.At("backend/service")).OfType<JsonNode>())
        {
            Manifests.Of("Service").Single(service => service.Name == backend.Text("name")).Node.Items("spec/ports")
                .Select(port => port.Text("name")).ShouldContain(backend.Text("port/name"));
        }
    }

    [Fact(DisplayName = "[DP10] a network policy opens ports that the pods behind it listen on, and all of them")]
    public void PolicyPorts()
    {
        var opened = new HashSet<(string Workload, string Port)>();
        foreach (var policy in s_policies)
        {
            foreach (var (_, port) in Peers(policy, "ingress"))
                opened.UnionWith(
                    Selected(policy.Node.At("spec/podSelector")).Select(workload => (workload.Name, port)));

            foreach (var (pods, port) in Peers(policy, "egress").Where(peer => peer.Pods is not null))
                opened.UnionWith(Selected(pods).Select(workload => (workload.Name, port)));
        }

        opened.ShouldBe(Manifests.Workloads.SelectMany(workload => workload.Containers
            .SelectMany(container => PortsOf(container).Values.Select(port => (workload.Name, port)))),
                ignoreOrder: true);
    }

    [Fact(DisplayName = "[DP10] settings and the image name the ports of the silo's container")]
    public void ClusterPorts()
    {
        var silo = PortsOf(
            Manifests.Workloads.Single(workload => workload.Name == "gridmesh-silo").Pod.At("containers/0")!);
        silo["silo"].ShouldBe(Manifests.Settings["GridMesh__Cluster__SiloPort"]);
        silo["orleans"].ShouldBe(Manifests.Settings["GridMesh__Cluster__GatewayPort"]);
        Repository.Lines("deploy/container/Dockerfile")
            .Single(line => line.StartsWith("EXPOSE ", StringComparison.Ordinal))
            .Split(' ')[1..].ShouldBe(silo.Values, ignoreOrder: true);
    }

    [Fact(DisplayName = "[DP11] everything is denied by default, in both directions")]
    public void DefaultDeny()
    {
        var deny = s_policies.Single(policy => policy.Name == "default-deny").Node;
        deny.At("spec/podSelector").ShouldBeOfType<JsonObject>().ShouldBeEmpty();
        deny.Texts("spec/policyTypes").ShouldBe(["Ingress", "Egress"]);
        deny.At("spec/ingress").ShouldBeNull();
        deny.At("spec/egress").ShouldBeNull();
    }

    [Fact(DisplayName = "[DP11] pods talk where both ends allow it: silos to silos, gateways to silos, nobody else")]
    public void Openings()
    {
        Ways("egress").ShouldBe(Ways("ingress"), ignoreOrder: true);
        Ways("ingress").ShouldBe(
            [("gridmesh-silo", "gridmesh-silo", "11111"), ("gridmesh-gateway", "gridmesh-silo", "30000")],
            ignoreOrder: true);
    }

    [Fact(DisplayName = "[DP11] out of the cluster pods reach names and the database, and nothing else")]
    public void WaysOut() => Manifests.Of("NetworkPolicy")
        .SelectMany(policy => Peers(policy, "egress").Where(peer => peer.Pods is null).Select(peer => peer.Port))
            .Distinct()
        .ShouldBe(["53", "5432"], ignoreOrder: true);

    /// <summary>Who may reach whom within the namespace, and where, by the rules of one direction.</summary>
    private static HashSet<(string From, string To, string Port)> Ways(string direction)
    {
        var ways = new HashSet<(string From, string To, string Port)>();
        foreach (var policy in s_policies)
        {
            foreach (var (pods, port) in Peers(policy, direction).Where(peer => peer.Pods is not null))
            {
                ways.UnionWith(from here in Selected(policy.Node.At("spec/podSelector"))
                    from there in Selected(pods)
                    select direction == "ingress" ? (there.Name, here.Name, port) : (here.Name, there.Name, port));
            }
        }

        return ways;
    }

    /// <summary>
    /// Each peer and port of a policy's rules. Pods are null where the peer is outside the namespace.
    /// </summary>
    private static IEnumerable<(JsonNode? Pods, string Port)> Peers(Manifest policy, string direction) =>
        from rule in policy.Node.Items($"spec/{direction}")
        from peer in rule.Items(direction == "ingress" ? "from" : "to").Cast<JsonNode?>().DefaultIfEmpty()
        from port in rule.Items("ports")
        select (peer.At("namespaceSelector") is null ? peer.At("podSelector") : null, port.Text("port")!);

    private static List<Manifest> Selected(JsonNode? selector) =>
        [.. Manifests.Workloads.Where(workload => Manifests.Selects(selector, workload.PodLabels))];

    private static Dictionary<string, string> PortsOf(JsonNode container) =>
        container.Items("ports").ToDictionary(port => port.Text("name")!, port => port.Text("containerPort")!);
}
