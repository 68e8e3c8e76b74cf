using GridMesh.Exchange;

namespace GridMesh.Load.Seeding;

internal sealed record SeedOptions : LoadOptions
{
    [Asked("Folder that the product is to run on. 数据目录。", IsPrivate = true)]
    public string? Data { get; init; }

    [Asked("An empty PostgreSQL database; without it SQLite in --data. 数据库连接串。", IsPrivate = true)]
    public string? Connection { get; init; }

    [Asked("Districts of a million people each. 区划数。", 1, 50)]
    public int Districts { get; init; } = 1;

    [Asked("Closed cases over all districts; 0: only districts. 已结案件数。", 0, 10_000_000)]
    public int Cases { get; init; } = 1_000_000;

    public override IEnumerable<string> Problems() => string.IsNullOrEmpty(Data)
        ? ["--data is missing; it names the folder that the product is to run on"] : [];
}

/// <summary>Districts with a year of closed cases, brought in by <c>import</c> and verified.</summary>
internal sealed class SeedScenario(SeedOptions options, LoadContext context)
{

    /// <summary>An import this fast brings in a million cases in six minutes.</summary>
    private const double FactsPerSecondMin = 8_000_000 / 360.0;

    /// <summary>Below this the start of the processes would be measured, not the import.</summary>
    private const int MeasuredFrom = 100_000;
    private long _cases;
    private long _facts;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var began = context.Time.GetTimestamp();
        var setup = context.Setup(Directory.CreateDirectory(options.Data!).FullName, options.Connection);
        if (!await Database.IsEmptyAsync(setup, cancellation))
            throw new InvalidOperationException("the store is not empty: name an empty one");
        using var folder = new TemporaryFolder();
        var package = Path.Combine(folder.Path, "package");
        var data = City.Build(options.Districts, options.Seed);
        await DirectoryFiles.WriteAsync(data, Records(data).ToAsyncEnumerable(), package, cancellation);
        var wrote = context.Time.GetElapsedTime(began);
        context.Say($"package of {_cases} cases, {_facts} facts in {wrote.TotalSeconds:F0} s; importing");
        var imported = await setup.ImportAsync(package, cancellation);
        context.Say($"imported in {imported.TotalSeconds:F0} s; verifying");
        var verified = await setup.VerifyAsync(cancellation);
        return await ComposeAsync(setup, wrote, imported, verified, cancellation);
    }

    private IEnumerable<JournalRecord> Records(DirectoryData data)
    {
        var today = ChinaTime.Day(context.Time.GetUtcNow());
        foreach (var made in new PastCases(data, options.Seed, today).Make(options.Cases))
        {
            foreach (var record in PastCases.Records(made, _facts + 1))
            {
                _facts++;
                yield return record;
            }

            _cases++;
        }
    }

    private async Task<Report> ComposeAsync(
        SiloSetup setup, TimeSpan wrote, TimeSpan imported, Verified verified, CancellationToken cancellation)
    {
        var report = context.Report(await setup.SubjectAsync(cancellation));
        var (wanted, rate) = (new StoreCounts(_facts, _cases, Open: 0), _facts / imported.TotalSeconds);
        report.Add("cases", _cases);
        report.Add("facts", _facts);
        report.Add("written", wrote.TotalSeconds, "s");
        report.Add("imported", imported.TotalSeconds, "s");
        report.Add("import rate", rate, "facts/s");
        report.Add("verified", verified.Seconds, "s");
        report.Thresholds.Add(verified.Verdict);
        if (verified.Counts is { } found)
            report.Thresholds.Add(new Verdict("in the store", $"= {wanted}", $"{found}", found == wanted));
        if (options.Cases >= MeasuredFrom)
            report.Thresholds.Add(new Verdict(
                "import", $">= {FactsPerSecondMin:F0} facts/s", $"{rate:F0} facts/s", rate >= FactsPerSecondMin));
        return report;
    }
}
