namespace GridMesh.Load.Running;

/// <param name="Figures">Of the processes, and how late iterations began.</param>
/// <param name="Calls">From before the warm-up to the end; null where nobody asked for it.</param>
internal sealed record LoadResult(
    IReadOnlyList<ScenarioFigures> Scenarios, IReadOnlyList<Verdict> Thresholds, IReadOnlyList<TimeLine> Timelines,
    IReadOnlyList<TimeLine> Processes, IReadOnlyList<Figure> Figures, IReadOnlyList<string> Notes, GrainCalls? Calls,
    bool IsCancelled)
{
    /// <summary>0 where it is not known.</summary>
    public double Used(string figure) => Figures.FirstOrDefault(one => one.Name == figure)?.Value ?? 0;

    public LoadFigures Of(string scenario) => Scenarios.First(one => one.All.Name == scenario).All;
}

/// <summary>Runs scenarios against a product, and watches both processes meanwhile.</summary>
/// <param name="completion">How long iterations may take to end after the schedule has ended.</param>
internal sealed class LoadTest(Product product, TimeSpan completion, LoadContext context)
{
    /// <summary>How often the terminal is told how far the run is, in intervals.</summary>
    private const int SayEvery = 5;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, List<TimePoint>> _points = [];

    /// <summary>
    /// Warms up, runs to the end; when cancelled it ends in order and gives what was measured so far.
    /// </summary>
    public async Task<LoadResult> RunAsync(IReadOnlyList<Scenario> scenarios, CancellationToken cancellation)
    {
        using var measuring = new CancellationTokenSource();
        List<ProcessProbe> probes = [new("this program", Environment.ProcessId, context.Time)];
        if (product.ProcessId is { } id)
            probes.Insert(0, new("product", id, context.Time));
        var probing = Task.WhenAll(probes.Select(probe => probe.RunAsync(measuring.Token)));
        var before = await CallsAsync();
        var warming = scenarios.Where(scenario => scenario.WarmUp > TimeSpan.Zero).ToArray();
        if (warming.Length > 0)
        {
            context.Say($"warming up for {warming.Max(scenario => scenario.WarmUp.TotalSeconds)} s, not measured");
            await RunAllAsync(
                [.. warming.Select(scenario => new ScenarioRun(scenario, scenario.WarmUp, completion, context.Time))],
                false, cancellation);
        }

        var began = context.Time.GetTimestamp();
        var runs = scenarios.Select(scenario => new ScenarioRun(scenario, null, completion, context.Time)).ToArray();
        await RunAllAsync(runs, true, cancellation);
        await measuring.CancelAsync();
        await probing;
        TimeLine[] processes = [.. probes.Select(probe => probe.Line(began))];
        ScenarioFigures[] totals = [.. runs.Select(run => run.Total())];
        return new LoadResult(
            totals,
            [.. runs.Zip(totals).SelectMany(pair => pair.First.Scenario.Thresholds.Select(
                threshold => threshold.Decide(pair.Second)))],
            [.. _points.Select(line => new TimeLine(line.Key, line.Value))], processes,
            [
                .. processes.SelectMany(ProcessProbe.FiguresOf),
                .. runs.Where(run => run.StartLagP99Ms > 0)
                    .Select(run => new Figure($"{run.Scenario.Name}: start lag p99", run.StartLagP99Ms, "ms")),
            ],
            [.. runs.Where(run => run.Cut > 0)
                .Select(run => $"{run.Scenario.Name}: {run.Cut} were cut off by the end and are not measured")],
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
                Keep(run.TakeInterval(now - at), now - at, now, number % SayEvery == 0);
            if (isOver)
                return;
            (at, number) = (now, number + 1);
        }
    }

    private void Keep(LoadFigures figures, TimeSpan span, TimeSpan at, bool isSaid)
    {
        if (!_points.TryGetValue(figures.Name, out var points))
            _points.Add(figures.Name, points = []);
        points.Add(new TimePoint(Math.Round(at.TotalSeconds, 2), new Dictionary<string, double>
        {
            ["ok/s"] = figures.OkPerSecond,
            ["failed/s"] = span > TimeSpan.Zero ? figures.Failed / span.TotalSeconds : 0,
            ["p50 ms"] = figures.P50Ms, ["p95 ms"] = figures.P95Ms, ["p99 ms"] = figures.P99Ms,
            ["max ms"] = figures.MaxMs,
        }));
        if (isSaid && figures.Ok + figures.Failed > 0)
            context.Say(
                $"{figures.Name}: {figures.OkPerSecond:F1}/s, {figures.Failed} failed, "
                + $"p50 {figures.P50Ms:F1} ms, p99 {figures.P99Ms:F1} ms");
    }

    private async Task<GrainCalls?> CallsAsync() =>
        context.CountsCalls && product.HasMetrics ? await GrainCalls.ReadAsync(product.Client) : null;
}
