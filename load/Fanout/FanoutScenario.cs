namespace GridMesh.Load.Fanout;

internal record FleetOptions : RunOptions
{
    /// <summary>Each is an open file, and one address has some 28,000 ports towards another.</summary>
    [Asked("Connections. 客户端数。", 1, 20_000)]
    public int Clients { get; init; } = 10_000;
}

internal sealed record FanoutOptions : FleetOptions
{
    [Asked("Grids that the clients watch in turn. 网格数。", 1, 400)]
    public int Areas { get; init; } = 20;

    [Asked("Rounds of bare SignalR and the product in turn. 轮数。", 1, 10)]
    public int Rounds { get; init; } = 2;

    [Asked("Seconds of each phase. 每阶段时长（秒）。", 0, 600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// How many frames a second a gateway delivers to thousands of clients, and how old, beside a SignalR hub with nothing
/// of ours in it that sends the same bytes to the same clients in the same run.
/// </summary>
internal sealed class FanoutScenario(FanoutOptions options, LoadContext context)
{
    /// <summary>Limits that let one machine play thousands; the flood asks for a frame for every move.</summary>
    private const string FrameInterval = "GridMesh:Live:GridFrameIntervalMs=10";

    /// <summary>Clients of the warm-up, which compiles both servers' ways and finds the frames to send.</summary>
    private const int WarmUpClients = 200;
    private const double FramesShareMin = 0.9;
    private const double AgeFactorMax = 1.2;
    private const double MemoryFactorMax = 1;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);
    private static readonly string[] s_columns = ["frames/s", "changes/s", "bytes/frame", "server us/frame",
        "clients us/frame", "gaps", "broken"];

    public Task<Report> RunAsync(CancellationToken cancellation) => Product.MeasureAsync(
        options, context, product => MeasureAsync(product, cancellation), cancellation,
        [.. Product.Quiet, FrameInterval]);

    private async Task MeasureAsync(Product product, CancellationToken cancellation)
    {
        var client = product.Client;
        var viewer = await client.TokenAsync("viewer", options.Area, cancellation: cancellation);
        var movers = await Movers.GatherAsync(
            client, await District.LoadAsync(client, options.Area, viewer), options.Areas, options.Seed, context.Time);
        await using var bare = await BareServer.StartAsync(cancellation);
        var judge = new StateJudge(client, viewer, context.Time);
        var ours = FanoutSide.Of(product, movers);
        var runner = new FanoutRunner(context);
        context.Say($"warming up with {WarmUpClients} clients of {movers.Areas.Count} grids, not compared");
        var frames = new Dictionary<string, JsonElement>();
        await runner.RunAsync(
            ours, movers.Areas, WarmUpClients, 1, s_warmUp, fleet => KeepFrames(fleet, frames), cancellation);
        var side = FanoutSide.Of(bare, frames, context.Time);
        await runner.RunAsync(side, movers.Areas, WarmUpClients, 1, s_warmUp, _ => Task.CompletedTask, cancellation);
        var rounds = new List<FanoutRound>();
        for (var round = 0; round < options.Rounds; round++)
        {
            rounds.Add(await runner.RunAsync(
                side, movers.Areas, options.Clients, FanoutRunner.KeepEvery, options.Duration, _ => Task.CompletedTask,
                cancellation));
            rounds.Add(await runner.RunAsync(
                ours, movers.Areas, options.Clients, FanoutRunner.KeepEvery, options.Duration,
                fleet => judge.CompareAsync(fleet, cancellation), cancellation));
        }

        Compose(product.Report, rounds, movers.Failed);
        product.Report.Notes.AddRange(judge.Notes);
        product.Report.Thresholds.Add(judge.Verdict);
    }

    private static Task KeepFrames(Fleet fleet, Dictionary<string, JsonElement> frames)
    {
        foreach (var client in fleet.Clients.Where(client => client.LastFrame is not null))
            frames[client.Area] = client.LastFrame!.Value;
        return Task.CompletedTask;
    }

    private void Compose(Report report, IReadOnlyList<FanoutRound> rounds, long movesFailed)
    {
        FanoutRound[] bare = [.. rounds.Where((_, i) => i % 2 == 0)], ours = [.. rounds.Where((_, i) => i % 2 == 1)];
        foreach (var (i, round) in rounds.Index())
        {
            report.Loads.Add(
                LoadFigures.Of($"{(i / 2) + 1} {round.Side}, steady: change -> client", round.Steady.Tally.ChangeAges));
            report.Loads.Add(
                LoadFigures.Of($"{(i / 2) + 1} {round.Side}, flood: change -> client", round.Flood.Tally.ChangeAges));
        }

        string[] names = [.. rounds.Select(round => round.Side)];
        report.Add("moves refused or unanswered", movesFailed);
        report.Tables.Add(new ReportTable("steady", s_columns, [.. rounds.Select(round => round.Steady.Row)], names));
        report.Tables.Add(new ReportTable("flood", s_columns, [.. rounds.Select(round => round.Flood.Row)], names));
        report.Tables.Add(new ReportTable(
            "connections",
            ["seconds until all were current", "KB a client, idle", "KB a client, after the steady phase"],
            [.. rounds.Select(round => (double[])[round.ComeSeconds, (round.IdleBytes ?? 0) / 1_000,
                (round.UsedBytes ?? 0) / 1_000])], names));
        report.Notes.Add(
            "A frame is one message on the wire; a change is one frame as it was made: the product merges for a "
            + "client that is behind, the bare hub queues. Ages run from the making of a change to its arrival; each "
            + "part of a merged frame counts with its own.");
        report.Thresholds.AddRange(Judge(ours, bare));
        report.Thresholds.Add(
            Verdict.Zero("clients that did not come", rounds.Sum(round => options.Clients - round.Arrived)));
        report.Thresholds.Add(
            Verdict.Zero("gaps", ours.Sum(round => round.Steady.Tally.Gaps.Value + round.Flood.Tally.Gaps.Value)));
        report.Thresholds.Add(Verdict.Zero("connections broken by the product",
            ours.Sum(round => round.Steady.Tally.Breaks.Value + round.Flood.Tally.Breaks.Value)));
    }

    public static IEnumerable<Verdict> Judge(FanoutRound[] ours, FanoutRound[] bare)
    {
        return
        [
            Least("frames/s in the flood", ours.Average(round => round.Flood.FramesPerSecond),
                bare.Average(round => round.Flood.FramesPerSecond)),
            Least("frames/s in the steady phase", ours.Average(round => round.Steady.FramesPerSecond),
                bare.Average(round => round.Steady.FramesPerSecond)),
            Most("p99 age of changes, steady", AgeFactorMax, ours.Average(round => round.Steady.P99Ms),
                bare.Average(round => round.Steady.P99Ms)),
            Most("p99 age of changes, flood", AgeFactorMax, ours.Average(round => round.Flood.P99Ms),
                bare.Average(round => round.Flood.P99Ms)),
            Most("memory of a client", MemoryFactorMax, ours[0].UsedBytes, bare[0].UsedBytes),
        ];

        static Verdict Least(string name, double ours, double bare) => new(
            $"{name} beside bare SignalR", $">= {FramesShareMin}", $"{ours:F0} / {bare:F0} = {ours / bare:F2}",
            bare > 0 && ours / bare >= FramesShareMin);

        static Verdict Most(string name, double factor, double? ours, double? bare) => new(
            $"{name} beside bare SignalR", $"<= {factor}",
            ours is null || bare is null ? "not measured"
                : $"{ours:F0} / {bare:F0} = {ours / bare:F2}",
            bare > 0 && ours / bare <= factor);
    }
}
