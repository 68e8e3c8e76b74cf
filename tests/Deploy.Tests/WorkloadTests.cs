namespace GridMesh.Deploy.Tests;

public sealed class WorkloadTests
{
    /// <summary>Seconds that a stop in order may take once the drain is over.</summary>
    private const int StopSecondsMax = 30;

    public static TheoryData<string> Workloads => [.. Manifests.Workloads.Select(workload => workload.Name)];

    public static TheoryData<string> Serving =>
        [.. Manifests.Workloads.Where(workload => workload.Serves).Select(workload => workload.Name)];

    [Fact(DisplayName = "[DP3] there are silos, gateways and a migration")]
    public void Complete() => Manifests.Workloads.Select(workload => workload.Name)
        .ShouldBe(["gridmesh-gateway", "gridmesh-migrate", "gridmesh-silo"], ignoreOrder: true);

    [Theory(DisplayName = "[DP6] one image is a silo or a gateway, as its settings say")]
    [InlineData("gridmesh-silo", "Silo"), InlineData("gridmesh-gateway", "Gateway")]
    public void Roles(string name, string role)
    {
        Manifests.Settings["GridMesh__Cluster__Mode"].ShouldBe("Database");
        Workload(name).Pod.Items("containers/0/env")
            .Single(variable => variable.Text("name") == "GridMesh__Cluster__Role")
            .Text("value").ShouldBe(role);
    }

    [Theory(DisplayName = "[DP3] a pod is not root, has the default seccomp profile and no token"), MemberData(nameof(Workloads))]
    public void PodIsRestricted(string name)
    {
        var pod = Workload(name).Pod;
        pod.Text("securityContext/runAsNonRoot").ShouldBe("true");
        int.Parse(pod.Text("securityContext/runAsUser")!).ShouldBeGreaterThan(0);
        pod.Text("securityContext/seccompProfile/type").ShouldBe("RuntimeDefault");
        pod.Text("automountServiceAccountToken").ShouldBe("false");
        Manifests.Of("ServiceAccount").Single(account => account.Name == pod.Text("serviceAccountName"))
            .Node.Text("automountServiceAccountToken").ShouldBe("false");
        new[] { "hostNetwork", "hostPID", "hostIPC" }.Where(key => pod.At(key) is not null).ShouldBeEmpty();
        pod.Items("volumes").Where(volume => volume.At("hostPath") is not null).ShouldBeEmpty();
    }

    [Theory(DisplayName = "[DP3] a container has a read-only root file system and no capability"), MemberData(nameof(Workloads))]
    public void ContainersAreRestricted(string name)
    {
        foreach (var context in Workload(name).Containers.Select(container => container.At("securityContext")))
        {
            context.Text("allowPrivilegeEscalation").ShouldBe("false");
            context.Text("readOnlyRootFilesystem").ShouldBe("true");
            context.Texts("capabilities/drop").ShouldBe(["ALL"]);
            context.At("capabilities/add").ShouldBeNull();
            context.At("privileged").ShouldBeNull();
        }
    }

    [Fact(DisplayName = "[DP3] the namespace refuses pods that are less strict")]
    public void NamespaceEnforces() => Manifests.Of("Namespace").Single().Node
        .Map("metadata/labels").GetValueOrDefault("pod-security.kubernetes.io/enforce").ShouldBe("restricted");

    [Theory(DisplayName = "[DP4] a container has requests and limits of processor and memory"), MemberData(nameof(Workloads))]
    public void Limits(string name)
    {
        foreach (var container in Workload(name).Containers)
        {
            foreach (var bound in new[] { "requests/cpu", "requests/memory", "limits/cpu", "limits/memory" })
                container.Text($"resources/{bound}").ShouldNotBeNullOrEmpty($"{name} {bound}");
        }
    }

    [Theory(DisplayName = "[DP4] what serves is probed: alive by the process alone, ready by everything"), MemberData(nameof(Serving))]
    public void Probes(string name)
    {
        foreach (var container in Workload(name).Pod.Items("containers"))
        {
            container.Text("startupProbe/httpGet/path").ShouldBe("/healthz/live");
            container.Text("livenessProbe/httpGet/path").ShouldBe("/healthz/live");
            container.Text("readinessProbe/httpGet/path").ShouldBe("/healthz/ready");
        }
    }

    [Theory(DisplayName = "[DP5] the grace period exceeds drain and stop"), MemberData(nameof(Serving))]
    public void Grace(string name)
    {
        var drain = int.Parse(Manifests.Settings["GridMesh__Gateway__DrainSeconds"]);
        var readiness = Workload(name).Pod.At("containers/0/readinessProbe");
        drain.ShouldBeGreaterThan(0);
        int.Parse(Workload(name).Pod.Text("terminationGracePeriodSeconds")!)
            .ShouldBeGreaterThan(drain + StopSecondsMax);
        (int.Parse(readiness.Text("periodSeconds")!) * int.Parse(readiness.Text("failureThreshold")!))
            .ShouldBeLessThan(drain, "the probes have to see red before the drain is over");
    }

    [Theory(DisplayName = "[DP12] what serves runs at least twice, spread over hosts and zones"), MemberData(nameof(Serving))]
    public void Spread(string name)
    {
        var workload = Workload(name);
        var replicas = workload.Node.Text("spec/replicas")
            ?? Manifests.Of("HorizontalPodAutoscaler")
                .Single(scaler => scaler.Node.Text("spec/scaleTargetRef/name") == name)
                .Node.Text("spec/minReplicas");
        int.Parse(replicas!).ShouldBeGreaterThanOrEqualTo(2);
        workload.Pod.Items("topologySpreadConstraints").Select(constraint => constraint.Text("topologyKey"))
            .ShouldBe(["kubernetes.io/hostname", "topology.kubernetes.io/zone"]);
    }

    [Theory(DisplayName = "[DP12] a roll and a drain take one pod at a time, a roll only after another is there"), MemberData(nameof(Serving))]
    public void OneAtATime(string name)
    {
        var workload = Workload(name);
        workload.Node.Text("spec/strategy/rollingUpdate/maxUnavailable").ShouldBe("0");
        workload.Node.Text("spec/strategy/rollingUpdate/maxSurge").ShouldBe("1");
        Manifests.Of("PodDisruptionBudget")
            .Single(budget => Manifests.Selects(budget.Node.At("spec/selector"), workload.PodLabels))
            .Node.Text("spec/maxUnavailable").ShouldBe("1");
    }

    private static Manifest Workload(string name) => Manifests.Workloads.Single(workload => workload.Name == name);
}
