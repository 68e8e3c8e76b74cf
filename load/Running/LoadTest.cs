namespace GridMesh.Load.Running;

/// <summary>What a run came to.</summary>
/// <param name="Figures">Of the processes, and how late iterations began.</param>
/// <param name="Calls">From before the warm-up to the end; null where nobody asked for it.</param>
/// <param name="IsCancelled">Somebody ended it before its time.</param>
internal sealed record LoadResult(
    IReadOnlyList<ScenarioStats> Stats, IReadOnlyList<Verdict> Thresholds, IReadOnlyList<TimeLine> Timelines,
    IReadOnlyList<TimeLine> Processes, IReadOnlyList<Figure> Figures, IReadOnlyList<string> Notes, GrainCalls? Calls,
    bool IsCancelled)
{
    /// <summary>Mean processor time in percent of a core; 0 where it is not known.</summary>
    public double Used(string figure) => Figures.FirstOrDefault(one => one.Name == figure)?.Value ?? 0;

    public ScenarioStats Of(string scenario) => Stats.First(stats => stats.ScenarioName == scenario);
}

/// <summary>Runs scenarios against a product, and watches both processes meanwhile.</summary>
internal sealed class LoadTest(Product product, LoadContext context)
{
    /// <summary>How often the terminal is told how far the run is, in intervals.</summary>
    private const int SayEvery = 5;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, List<TimePoint>> _points = [];

    /// <summary>How long iterations may take to end after the schedule has ended.</summary>
    public TimeSpan Completion { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Warms up, runs to the end; when cancelled it ends in order and gives what was measured so far.
    /// </summary>
    public async Task<LoadResult> RunAsync(IReadOnlyList<ScenarioProps> scenarios, CancellationToken cancellation)
    {
        using var measuring = new CancellationTokenSource();
        List<ProcessProbe> probes = [new("this program", Environment.ProcessId, context.Time)];
        if (product.ProcessId is { } id)
            probes.Insert(0, new("product", id, context.Time));
        var probing = Task.WhenAll(probes.Select(probe => probe.RunAsync(measuring.Token)));
        var before = await CallsAsync();
        var warming = scenarios.Where(scenario => scenario.WarmUpDuration is not null).ToArray();
        if (warming.Length > 0)
        {
            context.Say(
                $"warming up for {warming.Max(scenario => scenario.WarmUpDuration!.Value.TotalSeconds)} s, not measured");
            await RunAllAsync([.. warming.Select(scenario => new ScenarioRun(
                scenario, scenario.WarmUpDuration, Completion, context.Time))], false, cancellation);
        }

        var began = context.Time.GetTimestamp();
        var runs = scenarios.Select(scenario => new ScenarioRun(scenario, null, Completion, context.Time)).ToArray();
        await RunAllAsync(runs, true, cancellation);
        await measuring.CancelAsync();
        await probing;
        TimeLine[] processes = [.. probes.Select(probe => probe.Line(began))];
        ScenarioStats[] stats = [.. runs.Select(run => run.Total())];
        return new LoadResult(
            stats, [.. runs.SelectMany(
                (run, i) => run.Scenario.Thresholds.Select(threshold => threshold.Decide(stats[i])))],
            [.. _points.Select(line => new TimeLine(line.Key, line.Value))], processes,
            [
                .. processes.SelectMany(ProcessProbe.FiguresOf),
                .. runs.Where(run => run.StartLagP99Ms > 0)
                    .Select(run => new Figure($"{run.Scenario.ScenarioName}: start lag p99", run.StartLagP99Ms, "ms")),
            ],
            [.. runs.Where(run => run.Cut > 0)
                .Select(run => $"{run.Scenario.ScenarioName}: {run.Cut} were cut off by the end and are not measured")],
            before is null ? null : (await CallsAsync())?.Since(before), cancellation.IsCancellationRequested);
    }

    private async Task RunAllAsync(ScenarioRun[] runs, bool isMeasured, CancellationToken cancellation)
    {
        await using (cancellation.Register(() => Array.ForEach(runs, run => run.Stop())))
        {
            var running = Task.WhenAll(runs.Select(run => Task.Run(run.RunAsync, CancellationToken.None)));
            if (isMeasured)
                await FollowAsync(runs, running);
            await running;
        }

        Array.ForEach(runs, run => run.Dispose());
    }

    /// <summary>Keeps the figures of each interval until the load has ended, and then of what is left.</summary>
    private async Task FollowAsync(ScenarioRun[] runs, Task running)
    {
        using var timer = new PeriodicTimer(s_interval, context.Time);
        var (at, number) = (TimeSpan.Zero, 0);
        while (true)
        {
            var tick = timer.WaitForNextTickAsync().AsTask();
            var isOver = await Task.WhenAny(running, tick) == running;
            var now = runs.Max(run => run.Took);
            foreach (var run in runs)
                Keep(run.TakeInterval(now - at), now, number % SayEvery == 0);
            if (isOver)
                return;
            (at, number) = (now, number + 1);
        }
    }

    private void Keep(ScenarioStats stats, TimeSpan at, bool isSaid)
    {
        if (!_points.TryGetValue(stats.ScenarioName, out var points))
            _points.Add(stats.ScenarioName, points = []);
        points.Add(new TimePoint(Math.Round(at.TotalSeconds, 2), new Dictionary<string, double>
        {
            ["ok/s"] = stats.Ok.Request.RPS, ["failed/s"] = stats.Fail.Request.RPS,
            ["p50 ms"] = stats.Ok.Latency.Percent50,
            ["p95 ms"] = stats.Ok.Latency.Percent95, ["p99 ms"] = stats.Ok.Latency.Percent99,
            ["max ms"] = stats.Ok.Latency.MaxMs,
        }));
        if (isSaid && stats.Ok.Request.Count + stats.Fail.Request.Count > 0)
            context.Say(
                $"{stats.ScenarioName}: {stats.Ok.Request.RPS:F1}/s, {stats.Fail.Request.Count} failed, p50 {stats.Ok.Latency.Percent50:F1} ms, p99 {stats.Ok.Latency.Percent99:F1} ms");
    }

    private async Task<GrainCalls?> CallsAsync() =>
        context.CountsCalls && product.HasMetrics ? await GrainCalls.ReadAsync(product.Url) : null;
}
