namespace GridMesh.Load.Faults;

/// <summary>What a round came to; seconds of snapshot and wall count from the end of the fault, null: never.</summary>
/// <param name="During">Acknowledged while the fault lasted.</param>
internal sealed record Round(
    string Name, double LoadSeconds, int During, double? FirstSeconds, Settlement Settled, double? SnapshotSeconds,
    double? WallSeconds, bool? IsClean = null)
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "load s", "acknowledged", "during", "first after s", "lost", "unanswered", "not once", "snapshot s",
        "wall s", "clean",
    ];

    public IReadOnlyList<double> Row =>
    [
        LoadSeconds, Settled.Acknowledged, During, FirstSeconds ?? -1, Settled.Lost, Settled.Unanswered,
        Settled.Wrong, SnapshotSeconds ?? -1, WallSeconds ?? -1,
        IsClean switch { null => -1, true => 1, false => 0 },
    ];
}

/// <summary>
/// Callers under whom something goes wrong, again and again: whatever was acknowledged has to be there afterwards,
/// whatever was not has to be there exactly once after it is sent again, and the wall has to find its way back by
/// itself.
/// </summary>
internal sealed class Rounds(Product product, Crew crew, LiveView wall, LoadContext context)
{
    private const int LeftOpenEvery = 4;
    private static readonly TimeSpan s_wallPatience = TimeSpan.FromSeconds(15);
    private readonly TimeProvider _time = context.Time;
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly HistogramBase _latency = Durations.Create();
    private readonly List<Round> _rounds = [];
    private readonly List<Ledger> _ledgers = [];
    private int _loads;
    public int Count => _rounds.Count;

    /// <summary>Has everybody send commands while something is done to the product.</summary>
    public async Task<IReadOnlyList<Ledger>> LoadAsync(
        Gateways calls, Func<CancellationToken, Task> fault, CancellationToken cancellation)
    {
        var prefix = $"{_run}-{++_loads}";
        CaseCaller[] callers =
        [
            .. crew.Members.Select((member, i) => new CaseCaller(calls, crew, member, $"{prefix}-{i}", _time)
            {
                LeftOpenEvery = LeftOpenEvery, TakesShifts = true,
            }),
        ];
        await CaseCaller.WhileAsync(callers, fault, cancellation);
        _latency.Add(calls.Latency);
        Ledger[] ledgers = [.. callers.Select(caller => caller.Ledger)];
        _ledgers.AddRange(ledgers);
        return ledgers;
    }

    /// <summary>Looks for everything in a product that is up again, or on its way up.</summary>
    /// <param name="began">No command of these was sent before.</param>
    /// <param name="breaks">Times that the wall's connection has to have broken by now.</param>
    public async Task<Round> JudgeAsync(
        string name, double loadSeconds, IReadOnlyList<Ledger> ledgers, DateTimeOffset began, long since, int breaks,
        CancellationToken cancellation)
    {
        var right = await new Recovery(product.Client, crew.District.Code, crew.Viewer, since, _time)
            .RunAsync(product.Silo.ThrowIfGone, cancellation);
        bool IsRight() => wall.Breaks >= breaks && wall.IsCurrent
            && wall.Read(state => DistrictNumbers.Of(state.Summary)) == right.Numbers;
        double? wallSeconds = right is not null
            && await context.UntilAsync(() => Task.FromResult(IsRight()), s_wallPatience, cancellation)
            ? _time.GetElapsedTime(since).TotalSeconds : null;
        var settled = await new CaseLookup(product.Client, crew, context.Say).SettleAsync(ledgers, began, cancellation);
        context.Say(
            $"{name}: {settled.Acknowledged} acknowledged, {settled.Lost} lost, {settled.Unanswered} unanswered, "
            + $"{settled.Wrong} of them not once; snapshot right after {right?.Seconds:F1} s");
        return new Round(
            name, loadSeconds, 0, null, settled, right?.Seconds, wallSeconds);
    }

    /// <summary>Whether the store of a product that does not run is as it was written.</summary>
    public async Task<bool> VerifyAsync(CancellationToken cancellation)
    {
        var verified = await product.Setup.VerifyAsync(cancellation);
        if (!verified.IsClean)
            context.Say($"verify: {verified.Output}");
        return verified.IsClean;
    }

    public void Keep(Round round) => _rounds.Add(round);

    public async Task ComposeAsync(CancellationToken cancellation)
    {
        context.Say("looking up everything once more");
        var (report, lookup) = (product.Report, new CaseLookup(product.Client, crew, context.Say));
        var lostAtEnd = await lookup.LostAsync(_ledgers.SelectMany(ledger => ledger.Cases), cancellation)
            + await lookup.LostShiftsAsync(Ledger.DutyOf(_ledgers), cancellation);
        var acknowledged = _rounds.Sum(round => round.Settled.Acknowledged);
        report.Loads.Add(LoadFigures.Of("command -> acknowledged", _latency));
        report.Add("commands acknowledged", acknowledged);
        report.Add(
            "commands acknowledged a second of load", acknowledged / _rounds.Sum(round => round.LoadSeconds), "/s");
        report.Add("left without an answer", _rounds.Sum(round => round.Settled.Unanswered));
        report.Add("until the snapshot was right, max", _rounds.Max(round => round.SnapshotSeconds) ?? 0, "s");
        report.Add("until the wall was right, max", _rounds.Max(round => round.WallSeconds) ?? 0, "s");
        report.Add("wall: gaps", wall.Gaps);
        report.Tables.Add(new ReportTable(
            "rounds", Round.Columns, [.. _rounds.Select(one => one.Row)], [.. _rounds.Select(one => one.Name)]));
        report.Notes.AddRange(Ledger.Refusals(_ledgers));
        report.Thresholds.AddRange(
        [
            Verdict.Zero("acknowledged facts lost right after their fault", _rounds.Sum(round => round.Settled.Lost)),
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
}
