using GridMesh.Load.Runner.Measuring;
using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>Gives the figures of a run to its sinks, its thresholds and the terminal.</summary>
internal sealed class Reporting(Session session, IReadOnlyList<IReportingSink> sinks, MetricRegistry metrics)
{
    private readonly Dictionary<string, MeasuresSnapshot> _last = [];
    private readonly Dictionary<string, ThresholdCheck[]> _thresholds = session.Settings.Scenarios.ToDictionary(
        scenario => scenario.ScenarioName,
        scenario => scenario.Thresholds.Select(threshold => new ThresholdCheck(scenario.ScenarioName, threshold)).ToArray());

    private TimeSpan _lastAt;

    public Task StartAsync()
    {
        var start = new SessionStartInfo(
            [.. session.Settings.Scenarios.Select((scenario, i) => new ScenarioStartInfo(scenario.ScenarioName, i))]);
        return EachAsync(sink => sink.Start(start));
    }

    /// <summary>Reports each interval until the load has ended, and then what is left of the last one.</summary>
    public async Task FollowAsync(IReadOnlyList<ScenarioRun> runs, Task running)
    {
        using var timer = new PeriodicTimer(session.Settings.ReportingInterval, session.Time);
        var tick = timer.WaitForNextTickAsync().AsTask();
        while (await Task.WhenAny(running, tick) == tick)
        {
            tick = timer.WaitForNextTickAsync().AsTask();
            await IntervalAsync(runs);
        }

        await IntervalAsync(runs);
    }

    /// <summary>The whole run, thresholds decided.</summary>
    public NodeStats Total(IReadOnlyList<ScenarioRun> runs)
    {
        var scenarios = runs.Select((run, i) => StatsOf.Scenario(
            run.Measures.Read(), run.Took, run.Took, i, OperationType.Complete, run.Load)).ToArray();
        var took = runs.Count == 0 ? TimeSpan.Zero : runs.Max(run => run.Took);
        var measured = Measured(runs, took);
        foreach (var run in runs.Where(run => run.Cut > 0))
        {
            session.Logger.Information("{Count} iterations of {Name} were cut off by its end and are not measured", run.Cut, run.Scenario.ScenarioName);
        }

        return new NodeStats
        {
            ScenarioStats = scenarios,
            Metrics = measured,
            Thresholds = [.. scenarios.SelectMany(stats => _thresholds[stats.ScenarioName].Select(check => check.Conclude(stats, measured)))],
            NodeInfo = session.GetNodeInfo(),
            TestInfo = session.TestInfo,
            AllRequestCount = scenarios.Sum(stats => stats.AllRequestCount),
            AllOkCount = scenarios.Sum(stats => stats.AllOkCount),
            AllFailCount = scenarios.Sum(stats => stats.AllFailCount),
            AllBytes = scenarios.Sum(stats => stats.AllBytes),
            Duration = took,
        };
    }

    public async Task<NodeStats> FinishAsync(NodeStats stats)
    {
        await EachAsync(sink => sink.SaveFinalStats(stats));
        await EachAsync(sink => sink.Stop());
        return stats;
    }

    private async Task IntervalAsync(IReadOnlyList<ScenarioRun> runs)
    {
        if (runs.Count == 0)
        {
            return;
        }

        var at = runs.Max(run => run.Elapsed);
        var span = at - _lastAt;
        _lastAt = at;
        var stats = runs.Select((run, i) => StatsOf.Scenario(Since(run), span, at, i, OperationType.Bombing, run.Load)).ToArray();
        var measured = Measured(runs, at);
        await EachAsync(sink => sink.SaveRealtimeStats(stats));
        await EachAsync(sink => sink.SaveRealtimeMetrics(measured));
        foreach (var scenario in stats)
        {
            Show(scenario);
            foreach (var check in _thresholds[scenario.ScenarioName])
            {
                if (check.CheckInterval(scenario, measured, at))
                {
                    session.StopCurrentTest($"a threshold of {scenario.ScenarioName} was missed too often");
                }
            }
        }
    }

    /// <summary>The registered metrics, and how late iterations of open loads began: what this machine adds to their time.</summary>
    private MetricStats Measured(IReadOnlyList<ScenarioRun> runs, TimeSpan at)
    {
        var measured = metrics.Read(at);
        var lags = runs.Select(run => (run.Scenario.ScenarioName, Lag: run.StartLag.Read())).Where(run => run.Lag.Count > 0).Select(run => new GaugeStats
        {
            MetricName = $"{run.ScenarioName}: start lag p99", UnitOfMeasure = "ms", ScenarioName = run.ScenarioName,
            Value = run.Lag.Percentile(0.99) / 1_000d,
        });
        return measured with { Gauges = [.. measured.Gauges, .. lags] };
    }

    private MeasuresSnapshot Since(ScenarioRun run)
    {
        var now = run.Measures.Read();
        var since = now.Since(_last.GetValueOrDefault(run.Scenario.ScenarioName));
        _last[run.Scenario.ScenarioName] = now;
        return since;
    }

    private void Show(ScenarioStats stats)
    {
        if (session.Settings.IsShown)
        {
            session.Logger.Information(
                "{Name}: {Simulation} {Value}, {Rps}/s ok, {Failed} failed, p50 {P50} ms, p99 {P99} ms",
                stats.ScenarioName, stats.LoadSimulationStats.SimulationName, stats.LoadSimulationStats.Value,
                stats.Ok.Request.RPS.ToString("F0"), stats.AllFailCount, stats.Ok.Latency.Percent50.ToString("F1"),
                stats.Ok.Latency.Percent99.ToString("F1"));
        }
    }

    /// <summary>A sink that fails loses its figures, and the run goes on.</summary>
    private async Task EachAsync(Func<IReportingSink, Task> save)
    {
        foreach (var sink in sinks)
        {
            try
            {
                await save(sink);
            }
            catch (Exception e)
            {
                session.Logger.Error(e, "sink {Name} failed:", sink.SinkName);
            }
        }
    }
}
