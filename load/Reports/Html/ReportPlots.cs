namespace GridMesh.Load.Reports.Html;

/// <summary>The plots of a report, in their order on the page; those without data are left out.</summary>
internal static class ReportPlots
{
    /// <summary>Most metrics of the scenario's own that get a plot; all of them are in the JSON.</summary>
    private const int MetricsMax = 12;

    public static IEnumerable<Plot> Of(Report report) =>
    [
        Throughput(report),
        .. report.Timelines.Select(Latencies),
        Distribution(report),
        new Plot("Processor 处理器", "% of a core 单核占比", LinesOf(report.Processes, point => point.CpuPercent)),
        new Plot("Memory 内存", "MB", LinesOf(report.Processes, point => point.MemoryMb)),
        Failures(report),
        .. report.Metrics.Take(MetricsMax).Select(metric => new Plot(
            metric.Name, "", [new PlotLine(metric.Name, [.. metric.Points.Select(point => new PlotPoint(point.At, point.Value))])])),
    ];

    private static Plot Throughput(Report report) => new(
        "Throughput 吞吐量", "per second 每秒",
        [.. report.Timelines.Select(line => new PlotLine(line.Scenario, [.. line.Points.Select(point => new PlotPoint(point.At, point.OkPerSecond))]))]);

    private static Plot Latencies(TimeLine line) => new(
        $"Latency 时延: {line.Scenario}", "ms",
        [
            LineOf("p50", line, point => point.P50Ms),
            LineOf("p95", line, point => point.P95Ms),
            LineOf("p99", line, point => point.P99Ms),
            LineOf("max", line, point => point.MaxMs),
        ])
    {
        IsLogarithmic = true,
    };

    /// <summary>Each further nine of a percentile is as wide as the one before.</summary>
    private static Plot Distribution(Report report) => new(
        "Latency distribution 时延分布", "ms",
        [.. report.Loads.Where(load => load.Ok > 0).Select(load => new PlotLine(load.Name,
            [
                new(0, load.MinMs), new(XOf(0.5), load.P50Ms), new(XOf(0.75), load.P75Ms), new(XOf(0.95), load.P95Ms),
                new(XOf(0.99), load.P99Ms), new(XOf(0.999), load.MaxMs),
            ]))],
        [new(0, "min"), new(XOf(0.5), "p50"), new(XOf(0.75), "p75"), new(XOf(0.95), "p95"), new(XOf(0.99), "p99"), new(XOf(0.999), "max")])
    {
        IsLogarithmic = true,
    };

    private static Plot Failures(Report report) => new(
        "Failures 失败", "per second 每秒",
        [.. report.Timelines.Where(line => line.Points.Any(point => point.FailedPerSecond > 0))
            .Select(line => LineOf(line.Scenario, line, point => point.FailedPerSecond))]);

    private static PlotLine LineOf(string name, TimeLine line, Func<TimePoint, double> value) =>
        new(name, [.. line.Points.Where(point => point.OkPerSecond + point.FailedPerSecond > 0).Select(point => new PlotPoint(point.At, value(point)))]);

    private static IReadOnlyList<PlotLine> LinesOf(IReadOnlyList<ProcessLine> processes, Func<ProcessPoint, double> value) =>
        [.. processes.Select(line => new PlotLine(line.Name, [.. line.Points.Select(point => new PlotPoint(point.At, value(point)))]))];

    private static double XOf(double share) => -Math.Log10(1 - share);
}
