using System.Text.RegularExpressions;

namespace GridMesh.Deploy.Tests;

public sealed partial class SettingTests
{
    private const string Placeholder = "change-me";

    [Theory(DisplayName = "[DP6] every setting that deploy gives, and operating.md names, is in the README's tables")]
    [InlineData("README.md"), InlineData("README.zh-CN.md")]
    public void Listed(string readme)
    {
        var listed = SettingsOf(readme);
        listed.ShouldContain("GridMesh:StorageTuning:ReadConnections", "the tables are read");
        Repository.Below("deploy").Append("docs/operating.md")
            .SelectMany(file => Variable().Matches(Repository.Read(file)).Select(match => (File: file, Name: match.Value)))
            .Where(use => !use.Name.EndsWith('_') && !listed.Contains(use.Name.Replace("__", ":")))
            .ShouldBeEmpty($"not in {readme}");
    }

    [Fact(DisplayName = "[DP6] the variables of the pods are settings, or ASP.NET Core's own")]
    public void PodVariables() => Manifests.Workloads.SelectMany(workload => workload.Containers)
        .SelectMany(container => container.Items("env")).Select(variable => variable.Text("name")!)
        .ShouldAllBe(name => Variable().IsMatch(name) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal));

    [Fact(DisplayName = "[DP13] every secret that a pod takes is in the example of each overlay, which holds none")]
    public void Secrets()
    {
        var wanted = Manifests.Workloads.SelectMany(workload => workload.Containers).SelectMany(container => container.Items("env"))
            .Where(variable => variable.At("valueFrom/secretKeyRef") is not null)
            .Select(variable => $"{variable.Text("valueFrom/secretKeyRef/name")}/{variable.Text("valueFrom/secretKeyRef/key")}").Distinct().ToList();
        wanted.ShouldNotBeEmpty();
        foreach (var overlay in Manifests.Kustomizations.Where(kustomization => kustomization.File.Contains("/overlays/", StringComparison.Ordinal)))
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

    /// <summary>The settings in a README's tables, with the section that the line above a table names.</summary>
    private static HashSet<string> SettingsOf(string readme)
    {
        var settings = new HashSet<string>();
        var section = string.Empty;
        foreach (var line in Repository.Lines(readme))
        {
            if (!line.StartsWith('|'))
            {
                section = line.Length == 0 ? section : Section().Match(line) is { Success: true } match ? match.Groups["name"].Value : string.Empty;
                continue;
            }

            var parent = section;
            foreach (Match name in Name().Matches(line.Split('|')[1]))
            {
                var setting = name.Groups["name"].Value;
                settings.Add(setting.Contains(':') || parent.Length == 0 ? setting : $"{parent}:{setting}");
                parent = setting.Contains(':') ? setting[..setting.LastIndexOf(':')] : parent;
            }
        }

        return settings;
    }

    [GeneratedRegex(@"\b(?:GridMesh|ConnectionStrings)__\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^`(?<name>GridMesh:\w+)`")]
    private static partial Regex Section();

    [GeneratedRegex(@"`(?<name>[\w:]+)`")]
    private static partial Regex Name();
}
