using System.Diagnostics;

namespace GridMesh.Tidy.Tests;

/// <summary>The files of this repository that git knows.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Files { get; } = List();

    /// <summary>Those below a folder, by their path from the root, with <c>/</c> on every system.</summary>
    public static IReadOnlyList<string> Below(string folder) =>
        [.. Files.Where(file => file.StartsWith($"{folder}/", StringComparison.Ordinal))];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GridMesh.sln")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("GridMesh.sln was not found above the tests");

        return folder;
    }

    private static List<string> List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Root,
        };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. files.Where(file => File.Exists(Path.Combine(Root, file))).Distinct().Order(StringComparer.Ordinal)];
    }
}
