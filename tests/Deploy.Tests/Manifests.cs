using System.Text.Json.Nodes;

namespace GridMesh.Deploy.Tests;

/// <summary>One object of Kubernetes and the file that it is in.</summary>
internal sealed record Manifest(string File, JsonNode Node)
{
    public string Kind => Node.Text("kind") ?? "?";

    public string Name => Node.Text("metadata/name") ?? "?";

    public string ApiVersion => Node.Text("apiVersion") ?? "?";

    /// <summary>The pod that a Deployment or a Job makes.</summary>
    public JsonNode Pod => Node.At("spec/template/spec")!;

    public IReadOnlyDictionary<string, string> PodLabels => Node.Map("spec/template/metadata/labels");

    public IEnumerable<JsonNode> Containers => Pod.Items("initContainers").Concat(Pod.Items("containers"));

    /// <summary>Whether it runs until it is told to stop.</summary>
    public bool Serves => Kind is "Deployment";

    public override string ToString() => $"{File}: {Kind} {Name}";
}

/// <summary>Everything below <c>deploy/kubernetes</c>.</summary>
internal static class Manifests
{
    public const string Folder = "deploy/kubernetes";

    public static IReadOnlyList<string> Files { get; } =
        [.. Repository.Below(Folder).Where(file => file.EndsWith(".yaml", StringComparison.Ordinal))];

    public static IReadOnlyList<Manifest> All { get; } =
        [.. Files.SelectMany(file => Yaml.Documents(Repository.Read(file)).Select(node => new Manifest(file, node)))];

    public static IReadOnlyList<Manifest> Kustomizations { get; } = [.. Of("Kustomization")];

    /// <summary>Patches are parts of objects; what says something of a whole object leaves them out.</summary>
    public static IReadOnlyList<string> Patches { get; } = [.. Kustomizations.SelectMany(kustomization =>
        kustomization.Node.Items("patches").Select(patch => Beside(kustomization.File, patch.Text("path")!)))];

    public static IReadOnlyList<Manifest> Workloads { get; } =
        [.. All.Where(
            manifest => manifest.Node.At("spec/template/spec/containers") is not null
            && !Patches.Contains(manifest.File))];

    public static IEnumerable<Manifest> Of(params string[] kinds) =>
        All.Where(manifest => kinds.Contains(manifest.Kind));

    /// <summary>Settings of the base, as every pod gets them.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = Environment($"{Folder}/base/settings.env");

    public static IReadOnlyDictionary<string, string> Environment(string file) => Repository.Lines(file)
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>A path that is given from the folder of a file.</summary>
    public static string Beside(string file, string path) => Path.GetRelativePath(
        Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, path)))
            .Replace('\\', '/');

    /// <summary>Whether a label selector (or, without <c>match…</c>, a map of labels) takes these labels.</summary>
    public static bool Selects(JsonNode? selector, IReadOnlyDictionary<string, string> labels)
    {
        if (selector is not JsonObject map)
            return false;

        var isPlain = map.Count > 0 && map.All(entry => entry.Value is JsonValue);
        var wanted = isPlain ? selector.AsObject().ToDictionary(e => e.Key, e => e.Value!.ToString())
            : selector.Map("matchLabels");
        return wanted.All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value)
            && selector.Items("matchExpressions").All(expression => expression.Text("operator") == "In"
                && labels.TryGetValue(expression.Text("key")!, out var value)
                    && expression.Texts("values").Contains(value));
    }
}
