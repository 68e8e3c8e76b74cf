namespace GridMesh.Load.Running;

/// <summary>Runs scenarios against a process, and watches it and this one meanwhile.</summary>
/// <param name="processId">Null where it is not ours.</param>
/// <param name="completion">How long iterations may take to end after the schedule has ended.</param>
internal sealed class LoadTest(int? processId, TimeSpan completion, LoadContext context)
{
    /// <summary>How often the terminal is told how far the run is, in intervals.</summary>
    private const int SayEvery = 5;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, List<TimePoint>> _points = [];

    /// <summary>Warms up and runs, to the end or until it is cancelled, and puts everything into a report.</summary>
    public async Task RunAsync(
        IReadOnlyList<Scenario> scenarios, Report report, string part, CancellationToken cancellation)
    {
        using var measuring = new CancellationTokenSource();
        List<ProcessProbe> probes = [new("this program", Environment.ProcessId, context.Time)];
        if (processId is { } product)
            probes.Insert(0, new("product", product, context.Time));
        var probing = Task.WhenAll(probes.Select(probe => probe.RunAsync(measuring.Token)));
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
        foreach (var run in runs)
        {
            report.Take(run.Scenario, run.Total());
            if (run.StartLagP99Ms > 0)
                report.Add($"{part}{run.Scenario.Name}: start lag p99", run.StartLagP99Ms, "ms");
            if (run.Cut > 0)
                report.Notes.Add(
                    $"{run.Scenario.Name}: {run.Cut} were cut off by the end and are not measured");
        }

        report.Timelines.AddRange(_points.Select(line => new TimeLine(line.Key, line.Value)));
        foreach (var line in probes.Select(probe => probe.Line(began)))
        {
            report.Processes.Add(line);
            report.Figures.AddRange(
                ProcessProbe.FiguresOf(line).Select(figure => figure with { Name = part + figure.Name }));
        }

        report.IsCancelled |= cancellation.IsCancellationRequested;
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
}
