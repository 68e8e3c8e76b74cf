using GridMesh.Load.Clients;
using GridMesh.Load.Fanout;
using GridMesh.Load.Fleets;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// All lines are cut at once, and everybody comes back with what they hold, evenly over a few seconds, while cases are
/// reported and workers walk. An iteration is a client from its coming until it is current again.
/// </summary>
internal sealed class ReconnectScenario(ReconnectOptions options, ScenarioContext context)
{
    public const string Name = "reconnect";

    /// <summary>Every so many clients is a wall of the district, the others are phones in their grids.</summary>
    private const int WallEvery = 100;

    /// <summary>Every so many phones, and every so many clients at all, keeps the whole of its area.</summary>
    private const int KeepPhoneEvery = 101;
    private const int KeepEvery = 1_000;

    /// <summary>Moves a second of a worker in each watched grid.</summary>
    private const double MovesPerSecond = 2;

    private const string ComeBack = "come back";
    private const string Report = "report";

    /// <summary>Most time from the cut until the last client is current.</summary>
    public static readonly TimeSpan CurrentMax = TimeSpan.FromSeconds(15);

    /// <summary>How long the moves go on before the cut and after the return.</summary>
    private static readonly TimeSpan s_around = TimeSpan.FromSeconds(3);

    private long _cutAt;
    private long _lastTicks;
    private int _next = -1;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var product = await RunProduct.StartAsync(options, FleetSilo.Settings, context, cancellation);
        var report = await MeasureAsync(product, cancellation);
        await product.StopAsync();
        return report;
    }

    private async Task<Report> MeasureAsync(RunProduct product, CancellationToken cancellation)
    {
        using var client = new MeshClient(product.Url);
        var viewer = await client.TokenAsync("viewer", options.Area);
        var district = await District.LoadAsync(client, options.Area, viewer);
        var door = await ReportDoor.SignInAsync(client, district, district.Grids[0], options.Seed);
        var movers = await Movers.GatherAsync(client, district, options.Areas, options.Seed, context.Time);
        var tokens = new Dictionary<string, string> { [district.Code] = viewer };
        foreach (var area in movers.Areas)
        {
            tokens[area] = await client.TokenAsync("viewer", area);
        }

        var side = new ProductSide(product.Url, product.ProcessId, tokens, movers, context.Time);
        await using var fleet = FleetOf(side, district.Code, movers.Areas);
        var judge = new FanoutJudge(client, viewer, context.Time);
        var first = await fleet.ComeAsync(cancellation);
        context.Say($"{first} of {options.Clients} clients are there, moving {options.Areas} workers {MovesPerSecond}/s");
        using var moving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var moves = movers.RunAsync(MovesPerSecond, moving.Token);
        await Task.Delay(s_around, context.Time, cancellation);
        var before = fleet.TakeTally();
        var result = await ReturnAsync(product, fleet, door, cancellation);
        await Task.Delay(s_around, context.Time, CancellationToken.None);
        await moving.CancelAsync();
        await moves;
        await judge.FleetAsync(fleet, CancellationToken.None);
        return Compose(product, result, fleet, before, judge.Judgement, first, movers.Failed);
    }

    private Fleet FleetOf(ProductSide side, string district, IReadOnlyList<string> grids)
    {
        var wall = new AreaLog(district);
        var phones = grids.Select(code => new AreaLog(code)).ToArray();
        return new Fleet(
            side.Open(options.Clients), number => number % WallEvery == 0 ? wall : phones[number % phones.Length], options.Clients,
            number => number % KeepPhoneEvery == 0 || number % KeepEvery == 0, context.Time);
    }

    private async Task<LoadResult> ReturnAsync(RunProduct product, Fleet fleet, ReportDoor door, CancellationToken cancellation)
    {
        var order = fleet.Clients.ToArray();
        new Random(options.Seed).Shuffle(order);
        await fleet.GoAsync();
        _cutAt = context.Time.GetTimestamp();
        context.Say($"all lines are cut; everybody comes back within {options.Duration.TotalSeconds} s, {options.Rate} cases a second are reported");
        return await new LoadTest(Name, product, context).RunAsync(
            [
                Scenario.Create(ComeBack, _ => ComeBackAsync(order[Interlocked.Increment(ref _next)]))
                    .WithoutWarmUp()
                    .WithLoadSimulations(Simulation.Inject(order.Length, options.Duration, options.Duration))
                    .WithThresholds(Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0)),
                Scenario.Create(Report, iteration => SendAsync(door, iteration.Random))
                    .WithoutWarmUp()
                    .WithLoadSimulations(OpenRate.Inject(options.Rate, options.Duration))
                    .WithThresholds(Threshold.Create(stats => stats.Fail.Request.Count == 0)),
            ],
            cancellation);
    }

    private async Task<IResponse> ComeBackAsync(FleetClient client)
    {
        if (!await client.ComeAsync())
        {
            return Response.Fail(statusCode: "broken");
        }

        var took = context.Time.GetElapsedTime(_cutAt).Ticks;
        for (var last = Interlocked.Read(ref _lastTicks);
            took > last && Interlocked.CompareExchange(ref _lastTicks, took, last) != last;
            last = Interlocked.Read(ref _lastTicks))
        {
            // Somebody else was later in between; look again.
        }

        return Response.Ok();
    }

    private static async Task<IResponse> SendAsync(ReportDoor door, Random random)
    {
        try
        {
            var (answer, _) = await door.SendAsync(random, toWatched: false);
            return answer.IsSuccess ? Response.Ok() : Response.Fail(statusCode: answer.Code);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return Response.Fail(statusCode: e.GetType().Name, message: e.Message);
        }
    }

    private Report Compose(
        RunProduct product, LoadResult result, Fleet fleet, FleetTally before, Judgement judge, int first, int movesFailed)
    {
        var (tally, last, current) = (fleet.Tally, TimeSpan.FromTicks(_lastTicks), fleet.Current);
        return LoadReport.Compose(
            Name, product, result,
            new Dictionary<string, string>
            {
                ["url"] = options.Url?.ToString() ?? "own silo",
                ["clients"] = $"{options.Clients}, every {WallEvery}th a wall of {options.Area}",
                ["areas"] = $"{options.Areas}",
                ["rate"] = $"{options.Rate} cases/s, {options.Areas * MovesPerSecond} moves/s",
                ["duration"] = $"{options.Duration.TotalSeconds} s",
                ["seed"] = $"{options.Seed}",
            },
            new LoadFindings
            {
                Figures =
                [
                    new Figure("came with what they held and were told the rest", tally.Resumes, ""),
                    new Figure("were given the whole", tally.Snapshots, ""),
                    new Figure("frames since the cut", tally.Frames, ""),
                    new Figure("gaps before the cut", before.Gaps, ""),
                    new Figure("moves refused, unanswered or left out", movesFailed, ""),
                    new Figure("states compared with the product's snapshot", judge.Compared, ""),
                ],
                Notes = [.. tally.Reasons.Select(reason => $"{reason.Value} x {reason.Key}"), .. judge.Wrong.Take(10)],
                Verdicts =
                [
                    new Verdict("clients that were there before the cut", $"= {options.Clients}", $"{first}", first == options.Clients),
                    new Verdict("clients that are current in the end", $"= {options.Clients}", $"{current}", current == options.Clients),
                    new Verdict("last client current after the cut", $"<= {CurrentMax.TotalSeconds} s", $"{last.TotalSeconds:F1} s", last > TimeSpan.Zero && last <= CurrentMax),
                    new Verdict("gaps since the cut", "= 0", $"{tally.Gaps}", tally.Gaps == 0),
                    new Verdict("wrong states", "= 0", $"{judge.Wrong.Count} of {judge.Compared}", judge.Wrong.Count == 0 && judge.Compared > 0),
                ],
            },
            context);
    }
}
