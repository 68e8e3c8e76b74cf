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

    public override IEnumerable<string> Problems() => Url is null ? [] : ["--url: the product's process is measured"];
}

/// <summary>Frames a second and their age, beside a bare SignalR hub that sends the same in the same run.</summary>
internal sealed class FanoutScenario(FanoutOptions options, LoadContext context)
{
    /// <summary>Limits that let one machine play thousands; the flood asks for a frame for every move.</summary>
    private const string FrameInterval = "GridMesh:Live:GridFrameIntervalMs=10";

    /// <summary>Clients of the warm-up, which compiles both servers' ways and finds the frames to send.</summary>
    private const int WarmUpClients = 200;
    private const int KeepEvery = 101;
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
        var crew = await Crew.SignInAsync(client, options.Area, Lifecycle.CrewSize);
        var movers = await Movers.GatherAsync(client, crew, options.Areas, options.Seed, context.Time);
        await using var bare = await BareServer.StartAsync(cancellation);
        var judge = new StateJudge(client, crew.Viewer, context.Time);
        var ours = FanoutSide.Of(product, movers);
        var runner = new FanoutRunner(context);
        context.Say($"warming up with {WarmUpClients} clients of {movers.Areas.Count} grids, not compared");
        var frames = new Dictionary<string, JsonElement>();
        await runner.RunAsync(
            ours, movers.Areas, WarmUpClients, 1, s_warmUp,
            fleet =>
            {
                foreach (var client in fleet.Clients.Where(client => client.LastFrame is not null))
                    frames[client.Area] = client.LastFrame!.Value;
                return Task.CompletedTask;
            },
            cancellation);
        var side = FanoutSide.Of(bare, frames, context.Time);
        Task<FanoutRound> BareAsync(int clients, TimeSpan duration) =>
            runner.RunAsync(side, movers.Areas, clients, 0, duration, _ => Task.CompletedTask, cancellation);
        await BareAsync(WarmUpClients, s_warmUp);
        var rounds = new List<FanoutRound>();
        for (var round = 0; round < options.Rounds; round++)
        {
            rounds.Add(await BareAsync(options.Clients, options.Duration));
            rounds.Add(await runner.RunAsync(
                ours, movers.Areas, options.Clients, KeepEvery, options.Duration,
                fleet => judge.CompareAsync(fleet, cancellation), cancellation));
        }

        Compose(product.Report, rounds);
        product.Report.Add("moves refused or unanswered", movers.Failed);
        product.Report.Notes.AddRange(judge.Notes);
        product.Report.Thresholds.Add(judge.Verdict);
    }

    private void Compose(Report report, IReadOnlyList<FanoutRound> rounds)
    {
        FanoutRound[] bare = [.. rounds.Where((_, i) => i % 2 == 0)], ours = [.. rounds.Where((_, i) => i % 2 == 1)];
        string[] names = [.. rounds.Select((round, i) => $"{(i / 2) + 1} {round.Side}")];
        void Tell(string phase, Func<FanoutRound, FanoutPhase> of)
        {
            report.Tables.Add(new ReportTable(phase, s_columns, [.. rounds.Select(round => of(round).Row)], names));
            report.Loads.AddRange(rounds.Zip(names, (round, name) => LoadFigures.Of(
                $"{name}, {phase}: change -> client", of(round).Tally.ChangeAges)));
        }

        Tell("steady", round => round.Steady);
        Tell("flood", round => round.Flood);
        report.Tables.Add(new ReportTable(
            "connections", ["seconds until all were current", "KB a client, after the steady phase"],
            [.. rounds.Select(round => (double[])[round.ComeSeconds, (round.ClientBytes ?? 0) / 1_000])], names));
        report.Notes.Add(
            "A frame is one message on the wire; a change is one frame as it was made: the product merges for a "
            + "client that is behind, the bare hub queues. Ages run from the making of a change to its arrival; each "
            + "part of a merged frame counts with its own.");
        long Sum(Func<FleetTally, Counter> of) =>
            ours.Sum(round => of(round.Steady.Tally).Value + of(round.Flood.Tally).Value);
        report.Thresholds.AddRange(
        [
            .. Judge(ours, bare),
            Verdict.Zero("clients that did not come", rounds.Sum(round => options.Clients - round.Arrived)),
            Verdict.Zero("gaps", Sum(tally => tally.Gaps)),
            Verdict.Zero("connections broken by the product", Sum(tally => tally.Breaks)),
        ]);
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
            Most("memory of a client", MemoryFactorMax, ours[0].ClientBytes, bare[0].ClientBytes),
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
