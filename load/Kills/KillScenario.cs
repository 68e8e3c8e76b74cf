namespace GridMesh.Load.Kills;

internal sealed record KillOptions : StoreOptions
{
    [Asked("How often to kill. 强制终止次数。", 1, 1_000)]
    public int Kills { get; init; } = 20;

    [Asked("Commands in flight at once. 并发数。", 1, 1_000)]
    public int Concurrency { get; init; } = 64;

    [Asked("Longest load before a kill, in seconds. 每次终止前的最长加载秒数。", 1, 60)]
    public double LoadSeconds { get; init; } = 5;

    [Asked("Verifies the store after every so many kills. 每若干次核对一次。", 1, 100)]
    public int VerifyEvery { get; init; } = 1;

    [Asked("District to work in. 区划代码。")]
    public string Area { get; init; } = "450105";
}

/// <summary>
/// Kill -9 under load, again and again: whatever was acknowledged has to be there afterwards, whatever was not has to
/// be there exactly once after it is sent again, and the wall has to find its way back by itself.
/// </summary>
internal sealed class KillScenario(KillOptions options, LoadContext context)
{
    /// <summary>Of the longest load.</summary>
    private const double LoadMin = 0.2;
    private const int LeftOpenEvery = 4;
    private static readonly TimeSpan s_wallPatience = TimeSpan.FromSeconds(15);
    private readonly TimeProvider _time = context.Time;
    private readonly Random _random = new(options.Seed);
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly HistogramBase _latency = Durations.Create();
    private readonly List<Round> _rounds = [];
    private readonly List<Ledger> _ledgers = [];

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var product = await Product.StartAsync(
            options, City.Build(1, options.Seed), [], Product.Quiet, context, cancellation);
        await RoundsAsync(product, cancellation);
        await product.StopAsync();
        return product.Report;
    }

    /// <summary>
    /// The wall is gone before the product is stopped, which would wait for it. Who ends it early gets what the rounds
    /// found up to the one at hand.
    /// </summary>
    private async Task RoundsAsync(Product product, CancellationToken cancellation)
    {
        var crew = await Crew.SignInAsync(product.Client, options.Area, options.Concurrency);
        await using var wall = await LiveView.WatchAsync(product.Url, crew.Viewer, options.Area);
        var grids = crew.Members.Select(member => member.Grid).Distinct().Count();
        context.Say($"{crew.Members.Count} members in {grids} grids, {options.Kills} kills");
        for (var number = 1; number <= options.Kills && !cancellation.IsCancellationRequested; number++)
            await RoundAsync(number, product, crew, wall, CancellationToken.None);
        product.Report.IsCancelled = _rounds.Count < options.Kills;
        context.Say("looking up everything once more");
        await ComposeAsync(
            product.Report, new CaseLookup(product.Client, crew, context.Say), wall, CancellationToken.None);
    }

    private async Task RoundAsync(
        int number, Product product, Crew crew, LiveView wall, CancellationToken cancellation)
    {
        var killAfter = TimeSpan.FromSeconds(
            options.LoadSeconds * (LoadMin + (_random.NextDouble() * (1 - LoadMin))));
        var began = _time.GetUtcNow();
        var ledgers = await LoadAsync(product, crew, $"{_run}-{number}", killAfter, cancellation);
        _ledgers.AddRange(ledgers);
        var verified = number % options.VerifyEvery == 0 ? await product.Setup.VerifyAsync(cancellation) : null;
        if (verified?.IsClean == false)
            context.Say($"verify: {verified.Output}");
        product.Start();
        var (client, startedAt) = (product.Client, product.Silo.StartedAt);
        var right = await new Recovery(client, options.Area, crew.Viewer, startedAt, _time)
            .RunAsync(product.Silo.ThrowIfGone, cancellation);
        var wallSeconds = right is null ? null
            : await CaughtUpAsync(wall, number, right.Numbers, startedAt, cancellation);
        var settled = await new CaseLookup(client, crew, context.Say).SettleAsync(ledgers, began, cancellation);
        var round = new Round(
            number, killAfter.TotalSeconds, settled, verified?.IsClean, right?.Seconds, right?.Wrong ?? 0,
            wallSeconds);
        _rounds.Add(round);
        context.Say(
            $"kill {number} of {options.Kills}: {settled.Acknowledged} acknowledged, {settled.Lost} lost, "
            + $"{settled.Unanswered} unanswered, {settled.Wrong} of them not once; right after {right?.Seconds:F1} s");
    }

    private async Task<IReadOnlyList<Ledger>> LoadAsync(
        Product product, Crew crew, string keyPrefix, TimeSpan killAfter, CancellationToken cancellation)
    {
        using var client = new MeshClient(product.Url);
        var doors = new Doors([client], TimeSpan.Zero, _time);
        CaseCaller[] callers =
        [
            .. crew.Members.Select((member, i) => new CaseCaller(doors, crew, member, $"{keyPrefix}-{i}", _time)
            {
                LeftOpenEvery = LeftOpenEvery, TakesShifts = true,
            }),
        ];
        await CaseCaller.WhileAsync(
            callers,
            async stop =>
            {
                await Task.Delay(killAfter, _time, stop);
                await product.KillAsync();
            },
            cancellation);
        _latency.Add(doors.Latency);
        return [.. callers.Select(caller => caller.Ledger)];
    }

    /// <summary>
    /// Seconds from the start of the process until the wall is current with these numbers; null: not in time.
    /// </summary>
    private async Task<double?> CaughtUpAsync(
        LiveView wall, int kills, DistrictNumbers numbers, long startedAt, CancellationToken cancellation)
    {
        bool IsRight() =>
            wall.Breaks >= kills && wall.IsCurrent && wall.Read(state => DistrictNumbers.Of(state.Summary)) == numbers;
        return await context.UntilAsync(() => Task.FromResult(IsRight()), s_wallPatience, cancellation)
            ? _time.GetElapsedTime(startedAt).TotalSeconds
            : null;
    }

    private async Task ComposeAsync(Report report, CaseLookup lookup, LiveView wall, CancellationToken cancellation)
    {
        var lostAtEnd = await lookup.LostAsync(_ledgers.SelectMany(ledger => ledger.Cases), cancellation)
            + await lookup.LostShiftsAsync(Ledger.DutyOf(_ledgers), cancellation);
        var acknowledged = _rounds.Sum(round => round.Settled.Acknowledged);
        report.Loads.Add(LoadFigures.Of("command -> acknowledged", _latency));
        report.Add("commands acknowledged", acknowledged);
        report.Add(
            "commands acknowledged a second of load", acknowledged / _rounds.Sum(round => round.KilledAfter), "/s");
        report.Add("left without an answer", _rounds.Sum(round => round.Settled.Unanswered));
        report.Add("of these taken all the same", _rounds.Sum(round => round.Settled.Durable));
        report.Add("process start -> right snapshot, max", _rounds.Max(round => round.SnapshotSeconds) ?? 0, "s");
        report.Add("snapshots that were not right", _rounds.Sum(round => round.WrongSnapshots));
        report.Add("wall: process start -> right, max", _rounds.Max(round => round.WallSeconds) ?? 0, "s");
        report.Add("wall: gaps", wall.Gaps);
        report.Tables.Add(new ReportTable("rounds", Round.Columns, [.. _rounds.Select(round => round.Row)]));
        report.Notes.AddRange(Ledger.Refusals(_ledgers));
        report.Thresholds.AddRange(
        [
            Verdict.Zero("acknowledged facts lost right after their kill", _rounds.Sum(round => round.Settled.Lost)),
            Verdict.Zero("acknowledged facts lost at the end", lostAtEnd),
            Verdict.Zero("unanswered commands not there exactly once", _rounds.Sum(round => round.Settled.Wrong)),
            Verdict.Equal(
                "verify clean", _rounds.Count(round => round.IsClean is not null),
                _rounds.Count(round => round.IsClean == true)),
            Verdict.Equal("right snapshot", _rounds.Count, _rounds.Count(round => round.SnapshotSeconds is not null)),
            Verdict.Equal("wall caught up", _rounds.Count, _rounds.Count(round => round.WallSeconds is not null)),
            Verdict.Yes("commands were acknowledged", acknowledged > 0),
        ]);
    }

    /// <param name="IsClean">Null where the store was not verified.</param>
    /// <param name="SnapshotSeconds">From the start of the process until the snapshot was right; null: never.</param>
    /// <param name="WallSeconds">The same of the wall.</param>
    private sealed record Round(
        int Number, double KilledAfter, Settlement Settled, bool? IsClean, double? SnapshotSeconds, int WrongSnapshots,
        double? WallSeconds)
    {
        public static readonly IReadOnlyList<string> Columns =
        [
            "round", "killed after s", "acknowledged", "lost", "unanswered", "durable", "not once", "clean",
            "snapshot s", "wrong snapshots", "wall s",
        ];

        public IReadOnlyList<double> Row =>
        [
            Number, KilledAfter, Settled.Acknowledged, Settled.Lost, Settled.Unanswered, Settled.Durable,
            Settled.Wrong, IsClean switch { null => -1, true => 1, false => 0 }, SnapshotSeconds ?? -1, WrongSnapshots,
            WallSeconds ?? -1,
        ];
    }
}
