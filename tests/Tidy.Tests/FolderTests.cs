using System.Text.RegularExpressions;

namespace GridMesh.Tidy.Tests;

public sealed partial class FolderTests
{
    public static TheoryData<string> Projects { get; } =
        [.. Repository.Below("src").Where(file => ProjectFile().IsMatch(file)).Select(file => file.Split('/')[1])];

    [Theory(DisplayName = "[TD7] folders of a project use each other in one direction only")]
    [MemberData(nameof(Projects))]
    public void Circles(string project)
    {
        var uses = Uses(project);
        while (uses.FirstOrDefault(folder => !folder.Value.Any(uses.ContainsKey)) is { Key: { } done })
            uses.Remove(done);

        uses.Select(folder => $"{folder.Key} → {string.Join(", ", folder.Value.Where(uses.ContainsKey))}")
            .ShouldBeEmpty();
    }

    /// <summary>
    /// Which folders each folder uses, by their namespaces; what lies beside the folders may use them all.
    /// </summary>
    private static Dictionary<string, HashSet<string>> Uses(string project)
    {
        var files = Repository.Below($"src/{project}").Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => (Folder: string.Join('.', file.Split('/')[2..^1]), Text: Repository.Read(file)))
            .Where(file => file.Folder.Length > 0).ToList();
        var used = new Regex(
            $@"^(?:global )?using [^;]*?GridMesh\.{project}\.(?<name>[\w.]+);", RegexOptions.Multiline);
        var folders = files.Select(file => file.Folder).ToHashSet();
        return files.GroupBy(file => file.Folder).ToDictionary(
            folder => folder.Key,
            folder =>
                folder.SelectMany(file => used.Matches(file.Text)).Select(match => Known(match.Groups["name"].Value))
                .OfType<string>().Where(known => known != folder.Key).ToHashSet());

        string? Known(string name) =>
            folders.Where(folder => name == folder || name.StartsWith($"{folder}.", StringComparison.Ordinal))
            .MaxBy(folder => folder.Length);
    }

    [GeneratedRegex(@"^src/\w+/\w+\.csproj$")]
    private static partial Regex ProjectFile();
}
