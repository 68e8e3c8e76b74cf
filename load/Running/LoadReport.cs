using System.Reflection;
using GridMesh.Load.Measuring;
using GridMesh.Load.Reports;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Running;

/// <summary>What a scenario adds to the figures of its run.</summary>
internal sealed record LoadFindings
{
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Thresholds on what is not measured by NBomber: memory, gaps, counters of the product.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];
}

/// <summary>Makes a report of a run: the scenarios' figures and thresholds, the processes, and what the scenario adds.</summary>
internal static class LoadReport
{
    /// <summary>Which engine makes the load, as it was built.</summary>
    public static string LoadEngine { get; } = typeof(NBomberRunner).Assembly.GetName().Name!;

    public static Report Compose(
        string name, RunProduct product, LoadResult result, IReadOnlyDictionary<string, string> settings, LoadFindings findings,
        ScenarioContext context)
    {
        var loads = result.Stats.ScenarioStats.SelectMany(FiguresOf).ToArray();
        return context.Report(
            name, settings,
            [.. loads.Select(load => new LatencySummary(load.Name, load.Ok, Ms(load.P50Ms), Ms(load.P95Ms), Ms(load.P99Ms), Ms(load.MaxMs)))],
            [.. findings.Figures, .. MetricsOf(result.Stats), .. result.ProcessFigures],
            [.. findings.Tables, .. CallsOf(result)],
            [.. loads.SelectMany(NotesOf), .. findings.Notes],
            [.. result.Stats.Thresholds.Select(threshold => ThresholdVerdict.Of(threshold, result.Stats)), .. findings.Verdicts]) with
        {
            Subject = SubjectOf(product),
            Loads = loads,
            Timelines = result.Timelines,
            Metrics = result.Metrics,
            Processes = result.Processes,
            IsCancelled = result.IsCancelled,
        };
    }

    /// <summary>What ran, for reports that are not composed of a run's figures too.</summary>
    public static Subject SubjectOf(RunProduct product) =>
        new(product.Build?.Commit ?? Commit(), product.Build?.Engine ?? "as it runs", product.Storage, product.Durability, LoadEngine);

    private static IEnumerable<LoadFigures> FiguresOf(ScenarioStats stats) =>
    [
        FiguresOf(stats.ScenarioName, stats.Ok, stats.Fail),
        .. stats.StepStats.OrderBy(step => step.SortIndex).Select(step => FiguresOf($"{stats.ScenarioName} / {step.StepName}", step.Ok, step.Fail)),
    ];

    private static LoadFigures FiguresOf(string name, MeasurementStats ok, MeasurementStats fail) => new(
        name, ok.Request.Count, fail.Request.Count, ok.Request.RPS, ok.Latency.MinMs, ok.Latency.MeanMs, ok.Latency.Percent50,
        ok.Latency.Percent75, ok.Latency.Percent95, ok.Latency.Percent99, ok.Latency.MaxMs, ok.Latency.StdDev,
        ok.DataTransfer.AllBytes + fail.DataTransfer.AllBytes,
        [.. ok.StatusCodes.Concat(fail.StatusCodes).Select(code => new CodeFigure(code.StatusCode, code.IsError, code.Count, code.Message))]);

    private static IEnumerable<string> NotesOf(LoadFigures load) => load.Codes.Where(code => code.IsError)
        .Select(code => $"{load.Name}: {code.Count} x {code.Code}{(code.Message.Length > 0 ? $" ({code.Message})" : "")}");

    private static IEnumerable<Figure> MetricsOf(NodeStats stats) =>
    [
        .. stats.Metrics.Counters.Select(counter => new Figure(counter.MetricName, counter.Value, counter.UnitOfMeasure)),
        .. stats.Metrics.Gauges.Select(gauge => new Figure(gauge.MetricName, gauge.Value, gauge.UnitOfMeasure)),
    ];

    private static IEnumerable<ReportTable> CallsOf(LoadResult result) =>
        result.Calls?.Table($"calls of grains, {string.Join(", ", result.Stats.ScenarioStats.Select(stats => stats.ScenarioName))}")
            is { } table ? [table] : [];

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);

    /// <summary>The build puts the commit behind a plus sign.</summary>
    private static string Commit() =>
        typeof(LoadReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit]
            ? commit
            : "unknown";
}
