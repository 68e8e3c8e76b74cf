namespace GridMesh.Load.Deadlines;

internal sealed record DeadlineOptions : StoreOptions
{
    [Asked("Open cases that fall due. 到期案件数。", 1, 1_000_000)]
    public int Cases { get; init; } = 100_000;

    [Asked("Seconds from the first to the last. 到期时间跨度（秒）。", 1, 3_600)]
    public TimeSpan Span { get; init; } = TimeSpan.FromSeconds(60);

    [Asked("Seconds until the first, for import and start. 准备时间（秒）。", 1, 3_600)]
    public int Lead { get; init; } = 60;

    [Asked("Kill -9 in the middle and start again. 中途强制终止。")]
    public bool Kill { get; init; }
}

/// <summary>
/// A district's cases fall due in the same minute: each deadline has to be a fact, once, and at most a second late;
/// also when the process is killed in that minute. Judged by the exported journal.
/// </summary>
internal sealed class DeadlineScenario(DeadlineOptions options, LoadContext context)
{
    public const string Name = "deadlines";
    private const double LateMaxMs = 1_000;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private static readonly string[] s_settings = ["GridMesh:Demo:Enabled=false"];
    private readonly TimeProvider _time = context.Time;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var setup = context.Setup(
            Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName, options.Connection);
        var report = context.Report(setup.Subject(await Database.DurabilityAsync(options.Connection, cancellation)));
        var first = _time.GetUtcNow().AddSeconds(options.Lead);
        context.Say($"{options.Cases} cases due from {first:HH:mm:ss} on, within {options.Span.TotalSeconds} s");
        var data = City.Build(1, options.Seed);
        await Product.ImportAsync(
            setup, data, new DueCases(data).Make(options.Cases, first, options.Span), folder, cancellation);
        var (down, calls) = await PassAsync(setup, first, report, cancellation);
        var lateness = new Lateness(down);
        report.Thresholds.Add((await setup.VerifyAsync(cancellation)).Verdict);
        await foreach (var record in Product.FactsAsync(setup, Path.Combine(folder.Path, "exported"), cancellation))
            lateness.Add(record);
        Judge(report, lateness, calls);
        return report;
    }

    /// <summary>
    /// Lets the minute pass; with <see cref="DeadlineOptions.Kill"/> the process dies in the middle of it.
    /// </summary>
    /// <returns>When nothing ran, and what grains were asked meanwhile.</returns>
    private async Task<((DateTimeOffset, DateTimeOffset)? Down, GrainCalls? Calls)> PassAsync(
        SiloSetup setup, DateTimeOffset first, Report report, CancellationToken cancellation)
    {
        (DateTimeOffset, DateTimeOffset)? down = null;
        var port = SiloProcess.FreePort();
        var silo = setup.Start(s_settings, port);
        try
        {
            await silo.ReadyAsync(cancellation);
            report.Add("start with all these cases", _time.GetElapsedTime(silo.StartedAt).TotalSeconds, "s");
            if (_time.GetUtcNow() >= first)
                throw new InvalidOperationException(
                    $"the first deadline came before the product was ready: ask for more than --lead {options.Lead}");
            if (options.Kill)
            {
                await UntilAsync(first + (options.Span / 2), cancellation);
                var from = _time.GetUtcNow();
                await silo.KillAsync();
                await silo.DisposeAsync();
                context.Say("killed; starting again");
                silo = setup.Start(s_settings, port);
                await silo.ReadyAsync(cancellation);
                down = (from, _time.GetUtcNow());
                report.Notes.Add(
                    "What fell due while nothing ran is judged from the moment at which the product was ready again.");
            }

            var before = context.CountsCalls ? await GrainCalls.ReadAsync(silo.Url) : null;
            await UntilAsync(first + options.Span + s_grace, cancellation);
            var calls = before is null ? null : (await GrainCalls.ReadAsync(silo.Url)).Since(before);
            report.Thresholds.Add(Verdict.Yes("product stopped in order", await silo.StopAsync()));
            return (down, calls);
        }
        finally
        {
            await silo.DisposeAsync();
        }
    }

    private Task UntilAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        var left = at - _time.GetUtcNow();
        context.Say($"{left.TotalSeconds:F0} s to go");
        return Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellation);
    }

    private void Judge(Report report, Lateness lateness, GrainCalls? calls)
    {
        report.Loads.Add(lateness.Figures);
        report.Add("deadlines that passed while nothing ran", lateness.WhileDown);
        report.Tables.Add(lateness.Table);
        var each = calls is null ? null
            : calls with { Work = new Dictionary<string, double> { ["deadline"] = lateness.Once } };
        if (each?.Table("calls of grains while they fall due") is { } table)
            report.Tables.Add(table);
        report.Thresholds.AddRange(
        [
            Verdict.Equal("cases with exactly one fact", options.Cases, lateness.Once),
            Verdict.Zero("cases with more than one", lateness.MoreThanOnce),
            Verdict.Zero("facts before their deadline", lateness.Early),
            Verdict.AtMost("latest", LateMaxMs, lateness.MaxMs, "ms"),
        ]);
    }
}
