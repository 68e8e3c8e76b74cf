using System.Text.Json.Nodes;

namespace GridMesh.Deploy.Tests;

public sealed class FileTests
{
    private static readonly HashSet<(string ApiVersion, string Kind)> s_known =
    [
        ("v1", "Namespace"), ("v1", "Service"), ("v1", "ServiceAccount"), ("apps/v1", "Deployment"),
        ("batch/v1", "Job"),
        ("autoscaling/v2", "HorizontalPodAutoscaler"), ("policy/v1", "PodDisruptionBudget"),
        ("networking.k8s.io/v1", "NetworkPolicy"), ("networking.k8s.io/v1", "Ingress"),
        ("kustomize.config.k8s.io/v1beta1", "Kustomization"),
    ];

    public static TheoryData<string> Parsed =>
        [.. Repository.Below("deploy").Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json")];

    public static TheoryData<string> Overlays =>
        [.. Manifests.Kustomizations.Select(kustomization => Path.GetDirectoryName(kustomization.File)!)
            .Where(folder => folder.Contains("/overlays/", StringComparison.Ordinal))];

    [Theory(DisplayName = "[DP1] a file below deploy parses"), MemberData(nameof(Parsed))]
    public void Parses(string file)
    {
        if (Path.GetExtension(file) == ".json")
            JsonNode.Parse(Repository.Read(file)).ShouldNotBeNull();
        else
            Yaml.Documents(Repository.Read(file)).ShouldNotBeEmpty();
    }

    [Fact(DisplayName = "[DP1] every manifest is of a kind that Kubernetes knows in that version, and has a name")]
    public void Kinds()
    {
        foreach (var manifest in Manifests.All)
        {
            s_known.ShouldContain((manifest.ApiVersion, manifest.Kind), manifest.File);
            (manifest.Kind == "Kustomization" || manifest.Name != "?").ShouldBeTrue($"{manifest} has no name");
        }

        Manifests.All.Where(manifest => !Manifests.Patches.Contains(manifest.File) && manifest.Kind != "Kustomization")
            .Select(manifest => (manifest.Kind, manifest.Name)).ShouldBeUnique();
    }

    [Fact(DisplayName = "[DP2] every file that a kustomization names exists, and every manifest is named by one")]
    public void Named()
    {
        var named = new HashSet<string>();
        foreach (var kustomization in Manifests.Kustomizations)
        {
            var files = kustomization.Node.Texts("resources")
                .Concat(kustomization.Node.Items("patches").Select(patch => patch.Text("path")!))
                .Concat(kustomization.Node.Items("configMapGenerator").SelectMany(generator => generator.Texts("envs")))
                .Concat(kustomization.Node.Items("secretGenerator").SelectMany(generator => generator.Texts("envs")))
                .Select(file => Manifests.Beside(kustomization.File, file)).ToList();
            files.Where(file => !Path.Exists(Path.Combine(Repository.Root, file))).ShouldBeEmpty(kustomization.File);
            named.UnionWith(files);
        }

        Repository.Below(Manifests.Folder).Where(file => Path.GetFileName(file) != "kustomization.yaml").Except(named)
            .ShouldBeEmpty("named by no kustomization");
    }

    [Theory(DisplayName = "[DP16] kubectl renders an overlay, with a version on every image"), MemberData(nameof(Overlays))]
    public async Task Renders(string folder)
    {
        var rendered = await Tool.RunAsync("kubectl", "kustomize", folder);
        var images = Yaml.Documents(rendered).SelectMany(Yaml.Walk).OfType<JsonObject>()
            .Select(map => map["image"]?.ToString()).OfType<string>().ToList();
        images.Count.ShouldBeGreaterThanOrEqualTo(Manifests.Workloads.Count);
        images.ShouldAllBe(image => image.Contains(':') && !image.EndsWith(":latest", StringComparison.Ordinal));
    }
}
