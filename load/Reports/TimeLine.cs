namespace GridMesh.Load.Reports;

/// <summary>What happened in one interval.</summary>
/// <param name="At">Seconds since measuring began, at the interval's end.</param>
/// <param name="Load">The load simulation's name, and its rate or copies.</param>
internal sealed record TimePoint(
    double At, double OkPerSecond, double FailedPerSecond, double P50Ms, double P95Ms, double P99Ms, double MaxMs, string Load, int Value);

/// <summary>A scenario over time.</summary>
internal sealed record TimeLine(string Scenario, IReadOnlyList<TimePoint> Points);

/// <summary>A metric of the scenario's own at one moment.</summary>
internal sealed record MetricPoint(double At, double Value);

/// <summary>A metric over time.</summary>
internal sealed record MetricLine(string Name, IReadOnlyList<MetricPoint> Points);

/// <summary>A process at one moment.</summary>
/// <param name="CpuPercent">Since the point before; 100 is one core.</param>
internal sealed record ProcessPoint(double At, double CpuPercent, double MemoryMb);

/// <summary>A process over time.</summary>
internal sealed record ProcessLine(string Name, IReadOnlyList<ProcessPoint> Points);

/// <summary>A step or a whole scenario over the run, latencies in milliseconds.</summary>
/// <param name="Name">The scenario, or scenario / step.</param>
/// <param name="Codes">What came back, with its count, failures marked.</param>
internal sealed record LoadFigures(
    string Name, int Ok, int Failed, double OkPerSecond, double MinMs, double MeanMs, double P50Ms, double P75Ms, double P95Ms,
    double P99Ms, double MaxMs, double StdDevMs, long Bytes, IReadOnlyList<CodeFigure> Codes);

/// <summary>How often a status code came.</summary>
internal sealed record CodeFigure(string Code, bool IsError, int Count, string Message);
