using GridMesh.Load.Measuring;
using GridMesh.Load.Reports;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Running;

/// <summary>What a run came to, on either load engine.</summary>
/// <param name="IsCancelled">Somebody ended it before its time.</param>
internal sealed record LoadResult(
    NodeStats Stats, IReadOnlyList<TimeLine> Timelines, IReadOnlyList<MetricLine> Metrics, IReadOnlyList<ProcessLine> Processes,
    IReadOnlyList<Figure> ProcessFigures, bool IsCancelled)
{
    /// <summary>From before the warm-up to the end; null where nobody asked for it.</summary>
    public GrainCalls? Calls { get; init; }
}

/// <summary>Runs NBomber scenarios against a product, and watches both processes meanwhile.</summary>
internal sealed class LoadTest(string name, RunProduct product, ScenarioContext context)
{
    private const double Megabyte = 1_000_000;

    /// <summary>How often figures are taken.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long iterations may take to end after the schedule has ended.</summary>
    public TimeSpan Completion { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs to the end; when cancelled it ends in order and gives what was measured so far.</summary>
    /// <exception cref="InvalidOperationException">The scenarios cannot be run as they are described.</exception>
    public async Task<LoadResult> RunAsync(IReadOnlyList<ScenarioProps> scenarios, CancellationToken cancellation)
    {
        using var measuring = new CancellationTokenSource();
        var probes = new List<(string Who, Task<IReadOnlyList<ProcessSample>> Samples)>
        {
            ("this program", new ProcessProbe(Environment.ProcessId, context.Time).RunAsync(measuring.Token)),
        };
        if (product.ProcessId is { } id)
        {
            probes.Insert(0, ("product", new ProcessProbe(id, context.Time).RunAsync(measuring.Token)));
        }

        var before = await CallsAsync();
        using var sink = new RunSink(context.Say, context.Time);
        NodeStats stats;
        await using (cancellation.Register(() => sink.End("somebody asked for it")))
        {
            stats = await Task.Factory.StartNew(
                () => Run(sink, [.. scenarios]), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        await measuring.CancelAsync();
        var lines = new List<ProcessLine>();
        var figures = new List<Figure>();
        foreach (var (who, running) in probes)
        {
            var samples = (await running).Where(sample => sample.At >= (sink.Began ?? 0)).ToArray();
            lines.Add(LineOf(who, samples, sink.Began ?? 0));
            figures.AddRange(FiguresOf(who, ProcessProbe.Use(samples, context.Time)));
        }

        return new LoadResult(stats, sink.Timelines, sink.Metrics, lines, figures, cancellation.IsCancellationRequested)
        {
            Calls = before is null ? null : (await CallsAsync())?.Since(before),
        };
    }

    /// <summary>Mean, peak and memory of a process.</summary>
    public static IEnumerable<Figure> FiguresOf(string who, ProcessUse? use) => use is null
        ? []
        :
        [
            new Figure($"{who}: processor, mean", use.CpuPercent, "% of a core"),
            new Figure($"{who}: processor, busiest second", use.CpuPercentMax, "% of a core"),
            new Figure($"{who}: memory at the end", use.WorkingSet / Megabyte, "MB"),
            new Figure($"{who}: memory, most", use.WorkingSetMax / Megabyte, "MB"),
        ];

    private async Task<GrainCalls?> CallsAsync() =>
        context.CountsCalls && product.HasMetrics ? await GrainCalls.ReadAsync(product.Url) : null;

    private NodeStats Run(RunSink sink, ScenarioProps[] scenarios)
    {
        try
        {
            return NBomberRunner.RegisterScenarios(scenarios)
                .WithTestSuite("gridmesh")
                .WithTestName(name)
                .WithReportingSinks(sink)
                .WithReportingInterval(Interval)
                .WithScenarioCompletionTimeout(Completion)
                .DisplayConsoleMetrics(false)
                .WithoutReports()
                .Run();
        }
        catch (ArgumentException e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }

    private ProcessLine LineOf(string who, IReadOnlyList<ProcessSample> samples, long began) => new(
        who,
        [
            .. samples.Zip(samples.Skip(1), (before, after) => new ProcessPoint(
                Math.Round(context.Time.GetElapsedTime(began, after.At).TotalSeconds, 2),
                Math.Round(ProcessProbe.Share(before, after, context.Time), 1),
                Math.Round(after.WorkingSet / Megabyte, 1))),
        ]);
}
