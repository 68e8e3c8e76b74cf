using System.Diagnostics;
using System.Formats.Tar;

namespace GridMesh.Cluster.Tests;

/// <summary>
/// The product as it was at the commit that <c>tests/Golden/upgrade-from.txt</c> names: built from git's history in a
/// folder of its own, and kept in <c>artifacts</c> for the next run.
/// </summary>
internal static class EarlierBuild
{
    private const string Listing = "tests/Golden/wire.txt";

    private static readonly string s_root = FindRoot();

    private static readonly Lazy<Task<string>> s_program = new(BuildAsync);

    /// <summary>The commit that is named.</summary>
    public static string Commit { get; } = File.ReadLines(Path.Combine(s_root, "tests/Golden/upgrade-from.txt"))
        .Single(line => line.Length > 0 && !line.StartsWith('#'));

    /// <summary>Path of its GridMesh.Silo.dll.</summary>
    public static async Task<string> ProgramAsync()
    {
        await RequireAsync();
        return await s_program.Value;
    }

    /// <summary>
    /// Skips the test where there is no history to build from. Where there is one, the commit has to be in it.
    /// </summary>
    public static async Task RequireAsync()
    {
        var (shallow, said) = await RunAsync(s_root, "git", "rev-parse", "--show-toplevel", "--is-shallow-repository");
        var lines = said.Split('\n', StringSplitOptions.TrimEntries);
        Assert.SkipUnless(
            shallow == 0 && lines is [var root, "false", ..] && Path.GetFullPath(root) == s_root,
            "No history here (an archive or a shallow clone): there is no version before to upgrade from.");
        (await RunAsync(s_root, "git", "merge-base", "--is-ancestor", Commit, "HEAD")).ExitCode.ShouldBe(
            0, $"{Commit} in tests/Golden/upgrade-from.txt is not in the history of this tree: name a commit that is");
    }

    /// <summary>Breaks of the contract since then, by which the two versions cannot speak with each other.</summary>
    public static async Task<IEnumerable<string>> BreaksSinceAsync()
    {
        var now = await File.ReadAllTextAsync(Path.Combine(s_root, Listing));
        return Breaks(now).Except(Breaks(await GitAsync("show", $"{Commit}:{Listing}")));
    }

    /// <summary>Commits since then that changed what is on the wire.</summary>
    public static async Task<string[]> ChangesSinceAsync() =>
        (await GitAsync("log", "--no-merges", "--oneline", $"{Commit}..HEAD", "--", Listing))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> BuildAsync()
    {
        var kept = Path.Combine(s_root, "artifacts", "upgrade", Commit);
        var program = Path.Combine(kept, "GridMesh.Silo.dll");
        if (File.Exists(program))
            return program;

        // Renamed when it is whole: neither a build that broke off nor another run gets in the way.
        var work = $"{kept}-{Environment.ProcessId}";
        Directory.CreateDirectory(work);
        var archive = Path.Combine(work, "tree.tar");
        await GitAsync("archive", "--format=tar", $"--output={archive}", Commit);
        await TarFile.ExtractToDirectoryAsync(archive, work, overwriteFiles: true);
        var (code, said) = await RunAsync(
            work, "dotnet", "build", "src/Silo", "-v", "quiet", "--nologo", "--disable-build-servers",
            "-nodeReuse:false", "-p:Wall=false", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false");
        code.ShouldBe(0, said);
        try
        {
            Directory.Move(Path.Combine(work, "artifacts", "bin", "Silo", "debug"), kept);
        }
        catch (IOException) when (File.Exists(program))
        {
            // Another run was here first, with the same build.
        }

        Directory.Delete(work, recursive: true);
        return program;
    }

    private static IEnumerable<string> Breaks(string listing) =>
        listing.Split('\n').Where(line => line.StartsWith("# Break: ", StringComparison.Ordinal));

    private static async Task<string> GitAsync(params string[] arguments)
    {
        var (code, said) = await RunAsync(s_root, "git", arguments);
        code.ShouldBe(0, said);
        return said;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using var process = Process.Start(start)!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await errors);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GridMesh.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("GridMesh.sln was not found above the tests");
        }

        return folder;
    }
}
