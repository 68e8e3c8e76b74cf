using GridMesh.Load.Reports;
using Microsoft.Extensions.Configuration;

namespace GridMesh.Load.Running;

/// <summary>Collects a run as it goes, tells how far it is, and can end it; the same on either load engine.</summary>
internal sealed class RunSink(Action<string> say, TimeProvider time) : IReportingSink
{
    /// <summary>Most points kept of a scenario; later ones are not kept, and the report says so.</summary>
    public const int PointsMax = 20_000;

    /// <summary>How often the terminal is told how far the run is.</summary>
    private static readonly TimeSpan s_sayEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, List<TimePoint>> _points = [];
    private readonly Dictionary<string, List<MetricPoint>> _metrics = [];
    private IBaseContext? _context;
    private TimeSpan _saidAt = TimeSpan.MinValue;

    public string SinkName => "GridMesh";

    /// <summary>Timestamp at which measuring began; null before its first interval has ended.</summary>
    public long? Began { get; private set; }

    public IReadOnlyList<TimeLine> Timelines => [.. _points.Select(line => new TimeLine(line.Key, line.Value))];

    public IReadOnlyList<MetricLine> Metrics => [.. _metrics.Select(line => new MetricLine(line.Key, line.Value))];

    public Task Init(IBaseContext context, IConfiguration infraConfig)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public Task Start(SessionStartInfo sessionInfo) => Task.CompletedTask;

    public Task SaveRealtimeStats(ScenarioStats[] stats)
    {
        var isDue = stats.Length > 0 && (_saidAt == TimeSpan.MinValue || stats[0].Duration - _saidAt >= s_sayEvery);
        _saidAt = isDue ? stats[0].Duration : _saidAt;
        foreach (var scenario in stats)
        {
            Began ??= time.GetTimestamp() - (long)(scenario.Duration.TotalSeconds * time.TimestampFrequency);
            Keep(_points, scenario.ScenarioName, PointOf(scenario));
            if (isDue && scenario.AllRequestCount > 0)
            {
                say($"{scenario.ScenarioName}: {scenario.Ok.Request.RPS:F1}/s, {scenario.AllFailCount} failed, p50 {scenario.Ok.Latency.Percent50:F1} ms, p99 {scenario.Ok.Latency.Percent99:F1} ms, max {scenario.Ok.Latency.MaxMs:F0} ms");
            }
        }

        return Task.CompletedTask;
    }

    public Task SaveRealtimeMetrics(MetricStats metrics)
    {
        var at = metrics.Duration.TotalSeconds;
        foreach (var counter in metrics.Counters)
        {
            Keep(_metrics, $"{counter.MetricName} {counter.UnitOfMeasure}".TrimEnd(), new MetricPoint(at, counter.Value));
        }

        foreach (var gauge in metrics.Gauges)
        {
            Keep(_metrics, $"{gauge.MetricName} {gauge.UnitOfMeasure}".TrimEnd(), new MetricPoint(at, gauge.Value));
        }

        return Task.CompletedTask;
    }

    public Task SaveFinalStats(NodeStats stats) => Task.CompletedTask;

    public Task Stop() => Task.CompletedTask;

    /// <summary>Ends the run in order; what was measured so far is reported.</summary>
    public void End(string reason) => _context?.StopCurrentTest(reason);

    public void Dispose()
    {
        // Nothing is held open.
    }

    private static TimePoint PointOf(ScenarioStats stats) => new(
        stats.Duration.TotalSeconds, stats.Ok.Request.RPS, stats.Fail.Request.RPS, stats.Ok.Latency.Percent50,
        stats.Ok.Latency.Percent95, stats.Ok.Latency.Percent99, stats.Ok.Latency.MaxMs,
        stats.LoadSimulationStats.SimulationName, stats.LoadSimulationStats.Value);

    private static void Keep<T>(Dictionary<string, List<T>> lines, string name, T point)
    {
        if (!lines.TryGetValue(name, out var line))
        {
            lines.Add(name, line = []);
        }

        if (line.Count < PointsMax)
        {
            line.Add(point);
        }
    }
}
