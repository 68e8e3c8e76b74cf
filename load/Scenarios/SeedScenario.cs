using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Exchange;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;
using GridMesh.Load.Seeding;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// Makes districts with a year of closed cases behind them and brings them into an empty store by the product's own
/// <c>import</c>, for the other scenarios to run on; then <c>verify</c> looks at every fact.
/// </summary>
internal sealed class SeedScenario(SeedOptions options, ScenarioContext context)
{
    public const string Name = "seed";

    private const int SayEvery = 100_000;

    /// <summary>An import this fast brings in a million cases in six minutes.</summary>
    private const double FactsPerSecondMin = 8_000_000 / 360.0;

    /// <summary>Below this the start of the processes would be measured, not the import.</summary>
    private const int MeasuredFrom = 100_000;

    private readonly TimeProvider _time = context.Time;
    private long _cases;
    private long _facts;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        Directory.CreateDirectory(options.Data!);
        var setup = context.Setup(Path.GetFullPath(options.Data!), options.Connection);
        if (!options.Resume && !await Store.IsEmptyAsync(setup, cancellation))
        {
            throw new InvalidOperationException(
                "the store is not empty: name an empty one, or go on with --resume where a seed of the same options broke off");
        }

        using var folder = new TemporaryFolder();
        var package = options.Package ?? Path.Combine(folder.Path, "package");
        await WriteAsync(package, cancellation);
        var wrote = _time.GetElapsedTime(began);
        context.Say($"package of {_cases} cases, {_facts} facts in {wrote.TotalSeconds:F0} s; importing");
        var imported = await SiloImport.RunAsync(setup, package, _time, SayProgress(), cancellation);
        context.Say($"imported in {imported.TotalSeconds:F0} s; verifying");
        var verified = await SiloVerify.RunAsync(setup, _time, cancellation);
        return await ComposeAsync(setup, wrote, imported, verified, cancellation);
    }

    private async Task WriteAsync(string package, CancellationToken cancellation)
    {
        var data = City.Build(options.Districts, options.Seed, made => context.Say($"district {made} of {options.Districts}"));
        await DirectoryFiles.WriteAsync(data, RecordsAsync(data), package, cancellation);
    }

    private async IAsyncEnumerable<JournalRecord> RecordsAsync(DirectoryData data)
    {
        await Task.CompletedTask;
        foreach (var made in new PastCases(data, options.Seed, options.Until).Make(options.Cases))
        {
            foreach (var record in PastCases.Records(made, _facts + 1))
            {
                _facts++;
                yield return record;
            }

            if (++_cases % SayEvery == 0)
            {
                context.Say($"{_cases} cases made");
            }
        }
    }

    /// <summary>The import tells each batch; here a line a second is enough.</summary>
    private Action<string> SayProgress()
    {
        var said = _time.GetTimestamp();
        return line =>
        {
            if (_time.GetElapsedTime(said) > TimeSpan.FromSeconds(2))
            {
                said = _time.GetTimestamp();
                context.Say($"import: {line}");
            }
        };
    }

    private async Task<Report> ComposeAsync(
        SiloSetup setup, TimeSpan wrote, TimeSpan imported, Verified verified, CancellationToken cancellation)
    {
        var wanted = new StoreCounts(_facts, _cases, Open: 0);
        var thresholds = new List<Verdict>
        {
            new("verify", "= clean", verified.IsClean ? "clean" : verified.Output, verified.IsClean),
        };
        if (verified.Counts is { } found)
        {
            thresholds.Add(new Verdict("in the store", $"= {wanted}", $"{found}", found == wanted));
        }

        var rate = _facts / imported.TotalSeconds;
        if (options.Cases >= MeasuredFrom)
        {
            thresholds.Add(new Verdict("import", $">= {FactsPerSecondMin:F0} facts/s", $"{rate:F0} facts/s", rate >= FactsPerSecondMin));
        }

        return context.Report(
            Name,
            new Dictionary<string, string>
            {
                ["districts"] = options.Districts.ToString(), ["cases"] = options.Cases.ToString(), ["seed"] = options.Seed.ToString(),
                ["until"] = options.Until.ToString("yyyy-MM-dd"), ["storage"] = options.Connection is null ? "Sqlite" : "Postgres",
            },
            [],
            [
                new Figure("cases", _cases, ""), new Figure("facts", _facts, ""), new Figure("written", wrote.TotalSeconds, "s"),
                new Figure("imported", imported.TotalSeconds, "s"), new Figure("import rate", rate, "facts/s"),
                new Figure("verified", verified.Seconds, "s"),
                new Figure("on disk", await Store.BytesAsync(setup, cancellation) / 1048576.0, "MB"),
            ],
            [], [], thresholds);
    }
}
