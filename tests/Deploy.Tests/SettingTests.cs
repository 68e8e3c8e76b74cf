using System.Text.RegularExpressions;

namespace GridMesh.Deploy.Tests;

public sealed partial class SettingTests
{
    private const string Placeholder = "change-me";

    [Theory(DisplayName = "[DP6] every setting that deploy gives, and operating.md names, is in the documents of the configuration")]
    [InlineData("docs/configuration.md"), InlineData("docs/configuration.zh-CN.md")]
    public void Listed(string document)
    {
        var listed = SettingsOf(document);
        listed.ShouldContain("GridMesh:StorageTuning:ReadConnections", "the tables are read");
        Repository.Below("deploy").Append("docs/operating.md")
            .SelectMany(
                file => Variable().Matches(Repository.Read(file)).Select(match => (File: file, Name: match.Value)))
            .Where(use => !use.Name.EndsWith('_')
                && !listed.Contains(Place().Replace(use.Name.Replace("__", ":"), ":0:")))
            .ShouldBeEmpty($"not in {document}");
    }

    [Fact(DisplayName = "[DP6] the variables of the pods are settings, or ASP.NET Core's own")]
    public void PodVariables() => Manifests.Workloads.SelectMany(workload => workload.Containers)
        .SelectMany(container => container.Items("env")).Select(variable => variable.Text("name")!)
        .ShouldAllBe(name => Variable().IsMatch(name) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal));

    [Fact(DisplayName = "[DP13] every secret that a pod takes is in the example of each overlay, which holds none")]
    public void Secrets()
    {
        var wanted = Manifests.Workloads.SelectMany(workload => workload.Containers)
            .SelectMany(container => container.Items("env"))
            .Where(variable => variable.At("valueFrom/secretKeyRef") is not null)
            .Select(
                variable =>
                    $"{variable.Text("valueFrom/secretKeyRef/name")}/{variable.Text("valueFrom/secretKeyRef/key")}")
                        .Distinct().ToList();
        wanted.ShouldNotBeEmpty();
        foreach (var overlay in Manifests.Kustomizations.Where(
            kustomization => kustomization.File.Contains("/overlays/", StringComparison.Ordinal)))
        {
            var given = overlay.Node.Items("secretGenerator").SelectMany(generator => generator.Texts("envs")
                .SelectMany(file => Manifests.Environment(Manifests.Beside(overlay.File, file)))
                .Select(pair => (Key: $"{generator.Text("name")}/{pair.Key}", pair.Value))).ToList();
            wanted.Except(given.Select(secret => secret.Key)).ShouldBeEmpty(overlay.File);
            given.ShouldAllBe(secret => secret.Value.Contains(Placeholder));
        }

        Manifests.Of("Secret").ShouldBeEmpty("secrets are made where they are applied");
        Manifests.Settings.Keys.ShouldNotContain(name => name.Contains("Key") || name.StartsWith("ConnectionStrings"));
    }

    private static HashSet<string> SettingsOf(string document) =>
        [.. Row().Matches(Repository.Read(document)).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"\b(?:GridMesh|ConnectionStrings)__\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\| `(?<name>[\w:]+)`", RegexOptions.Multiline)]
    private static partial Regex Row();

    /// <summary>Which of a list it is: the documents name the first.</summary>
    [GeneratedRegex(":[0-9]+:")]
    private static partial Regex Place();
}
