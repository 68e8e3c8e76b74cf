using System.Diagnostics;

namespace GridMesh.Load.Products;

internal sealed record StoreCounts(long Facts, long Cases, long Open)
{
    public override string ToString() => $"{Facts} facts, {Cases} cases, {Open} open";
}

internal sealed record Verified(bool IsClean, StoreCounts? Counts, double Seconds, string Output)
{
    public Verdict Verdict => new("verify", "= clean", IsClean ? "clean" : Output, IsClean);
}

/// <summary>Which executable a scenario runs and over what.</summary>
/// <param name="PostgresConnection">Null: SQLite in the data folder.</param>
internal sealed record SiloSetup(string Assembly, string DataFolder, string? PostgresConnection)
{
    private const string AssemblyName = "GridMesh.Silo.dll";
    private const string OrleansName = "Orleans.Runtime.dll";
    private static readonly TimeSpan s_verbMax = TimeSpan.FromHours(2);

    /// <summary>Of the command of each of its processes.</summary>
    public IReadOnlyList<string> Prefix { get; init; } = [];

    /// <summary>The executable that is named, or the one that was built along with this one.</summary>
    public static string FindAssembly(string? named)
    {
        if (named is not null)
            return File.Exists(named) ? Path.GetFullPath(named)
                : throw new InvalidOperationException($"--silo is '{named}', which is not there");
        var mine = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(mine.Parent!.Parent!.FullName, "Silo", mine.Name, AssemblyName);
        return File.Exists(path) ? path : throw new InvalidOperationException(
            $"{path} is missing: build src/Silo in the same configuration, or give --url");
    }

    /// <summary>By the files that lie there; builds before Orleans ran on an engine of their own.</summary>
    public async Task<Subject> SubjectAsync(CancellationToken cancellation)
    {
        var durability = await Database.DurabilityAsync(PostgresConnection, cancellation);
        var orleans = Path.Combine(Path.GetDirectoryName(Assembly)!, OrleansName);
        string VersionOf(string file) => FileVersionInfo.GetVersionInfo(file).ProductVersion ?? "";
        var version = File.Exists(orleans) ? VersionOf(orleans).TakeWhile(c => char.IsDigit(c) || c == '.') : null;
        return new Subject(
            VersionOf(Assembly).Split('+') is [_, var commit] ? commit : "unknown",
            version is null ? "embedded" : $"Orleans {string.Concat(version).TrimEnd('.')}",
            PostgresConnection is null ? "Sqlite" : "Postgres", durability);
    }

    /// <summary>Starts it in Development, on a port of its own or the one that is named.</summary>
    public SiloProcess Start(IEnumerable<string> settings, int? port = null)
    {
        var url = new Uri($"http://127.0.0.1:{port ?? SiloProcess.FreePort()}");
        return SiloProcess.Start(
            Command("Development", ["--urls", url.ToString(), .. SiloProcess.Set(settings)]), url);
    }

    public Task<TimeSpan> ImportAsync(string package, CancellationToken cancellation) =>
        SucceedAsync(["import", package], cancellation);

    /// <summary>Exports the directory and the journal, over the data of a product that does not run.</summary>
    public Task<TimeSpan> ExportAsync(string package, CancellationToken cancellation) =>
        SucceedAsync(["export", package], cancellation);

    /// <summary>Whether every fact is as it was written, over the data of a product that does not run.</summary>
    public async Task<Verified> VerifyAsync(CancellationToken cancellation)
    {
        var (exitCode, output, took) = await RunAsync(["verify", "--json"], cancellation);
        return new Verified(exitCode == 0, CountsOf(output), took.TotalSeconds, output);
    }

    /// <summary>What the line of JSON in the output says; null where there is none.</summary>
    public static StoreCounts? CountsOf(string output) =>
        output.Split('\n').LastOrDefault(line => line.StartsWith('{')) is { } line
        ? JsonSerializer.Deserialize<StoreCounts>(line, JsonSerializerOptions.Web)
        : null;

    private async Task<TimeSpan> SucceedAsync(string[] verb, CancellationToken cancellation)
    {
        var (exitCode, output, took) = await RunAsync(verb, cancellation);
        return exitCode == 0 ? took : throw new InvalidOperationException($"{verb[0]} ended with {exitCode}: {output}");
    }

    private async Task<(int? ExitCode, string Output, TimeSpan Took)> RunAsync(
        string[] verb, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        await using var process = SiloProcess.Start(Command(null, verb), new Uri("http://127.0.0.1:1"));
        return (await process.EndAsync(s_verbMax, cancellation), process.Output, Stopwatch.GetElapsedTime(began));
    }

    private ProcessStartInfo Command(string? environment, string[] arguments)
    {
        var start = SiloProcess.Dotnet(Assembly, environment, [.. arguments, "--data", DataFolder]);
        string[] words = [.. Prefix, start.FileName, .. start.ArgumentList];
        start.FileName = words[0];
        start.ArgumentList.Clear();
        Array.ForEach(words[1..], start.ArgumentList.Add);

        if (PostgresConnection is { } connection)
        {
            // By the environment, because arguments are seen by everybody on the machine.
            start.Environment["GridMesh__Storage"] = "Postgres";
            start.Environment["ConnectionStrings__GridMesh"] = connection;
        }

        return start;
    }
}
