namespace GridMesh.Load.Fanout;

internal sealed record ReconnectOptions : FleetOptions
{
    [Asked("Grids that the phones watch in turn. 网格数。", 1, 400)]
    public int Areas { get; init; } = 100;

    [Asked("Cases a second meanwhile. 期间每秒上报数。", 0, 1_000)]
    public double Rate { get; init; } = 5;

    [Asked("Seconds in which everybody comes back. 重连时长（秒）。", 0, 300)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>All lines are cut; everybody comes back with what they hold while cases and workers go on.</summary>
internal sealed class ReconnectScenario(ReconnectOptions options, LoadContext context)
{
    /// <summary>Every so many clients is a wall of the district, the others are phones in their grids.</summary>
    private const int WallEvery = 100;

    /// <summary>Every so many phones, and every so many clients at all, keeps the whole of its area.</summary>
    private const int KeepPhoneEvery = 101;
    private const int KeepEvery = 1_000;
    private const double MovesPerSecond = 2;
    private const double CurrentSecondsMax = 15;
    private static readonly TimeSpan s_around = TimeSpan.FromSeconds(3);
    private readonly TimeProvider _time = context.Time;
    private readonly Lock _gate = new();
    private long _cutAt;
    private TimeSpan _last;
    private int _next = -1;

    public Task<Report> RunAsync(CancellationToken cancellation) =>
        Product.MeasureAsync(options, context, product => MeasureAsync(product, cancellation), cancellation);

    private async Task MeasureAsync(Product product, CancellationToken cancellation)
    {
        var (client, report) = (product.Client, product.Report);
        var crew = await Crew.SignInAsync(client, options.Area, Lifecycle.CrewSize);
        var movers = await Movers.GatherAsync(client, crew, options.Areas, options.Seed, _time);
        movers.Tokens[options.Area] = crew.Viewer;
        var (wall, phones) = (new AreaLog(options.Area), movers.Areas.Select(code => new AreaLog(code)).ToArray());
        await using var fleet = new Fleet(
            product.Url, code => Fleet.HubPath(movers.Tokens[code]), _time, options.Clients,
            number => number % WallEvery == 0 ? wall : phones[number % phones.Length],
            number => number % KeepPhoneEvery == 0 || number % KeepEvery == 0);
        var judge = new StateJudge(client, crew.Viewer, _time);
        var first = await fleet.ComeAsync(cancellation);
        context.Say(
            $"{first} of {options.Clients} clients are there, moving {options.Areas} workers {MovesPerSecond}/s");
        using var moving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var moves = movers.RunAsync(MovesPerSecond, moving.Token);
        await Task.Delay(s_around, _time, cancellation);
        report.Add("gaps before the cut", fleet.TakeTally().Gaps.Value);
        await ReturnAsync(product, fleet, new Lifecycle(client, crew, _time), cancellation);
        await Task.Delay(s_around, _time, CancellationToken.None);
        await moving.CancelAsync();
        await moves;
        await judge.CompareAsync(fleet, CancellationToken.None);
        var tally = fleet.Tally;
        report.Add("came with what they held and were told the rest", tally.Resumes.Value);
        report.Add("were given the whole", tally.Snapshots.Value);
        report.Add("frames since the cut", tally.Frames.Value);
        report.Add("moves refused or unanswered", movers.Failed);
        report.Notes.AddRange(tally.Reasons.Concat(judge.Notes));
        report.Thresholds.AddRange(
        [
            Verdict.Equal("clients that were there before the cut", options.Clients, first),
            Verdict.Equal("clients that are current in the end", options.Clients, fleet.Current),
            Verdict.AtMost("last client current after the cut", CurrentSecondsMax, _last.TotalSeconds, "s"),
            Verdict.Zero("gaps since the cut", tally.Gaps.Value), judge.Verdict,
        ]);
    }

    private async Task ReturnAsync(
        Product product, Fleet fleet, Lifecycle cases, CancellationToken cancellation)
    {
        var order = fleet.Clients.ToArray();
        new Random(options.Seed).Shuffle(order);
        await fleet.GoAsync();
        _cutAt = _time.GetTimestamp();
        context.Say(
            $"all lines are cut; everybody comes back within {options.Duration.TotalSeconds} s, "
            + $"{options.Rate} cases a second are reported");
        await product.LoadAsync(
            [
                new Scenario("come back", _ => ComeBackAsync(order[Interlocked.Increment(ref _next)]))
                {
                    Load = [Stretch.Open(order.Length / options.Duration.TotalSeconds, options.Duration)],
                    Thresholds = [Threshold.AllGoWell],
                },
                new Scenario("report", async iteration =>
                {
                    await cases.ReportAsync(iteration);
                    return Response.Ok;
                })
                {
                    Load = [Stretch.Open(options.Rate, options.Duration)], Thresholds = [Threshold.NoneFails],
                },
            ],
            cancellation);
    }

    private async Task<Response> ComeBackAsync(FleetClient client)
    {
        if (!await client.ComeAsync())
            return Response.Fail("broken");
        var took = _time.GetElapsedTime(_cutAt);
        lock (_gate)
            _last = took > _last ? took : _last;
        return Response.Ok;
    }
}
