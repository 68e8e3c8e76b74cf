using GridMesh.Load.Measuring;

namespace GridMesh.Load.Reports;

/// <summary>A number with its unit, for people and machines.</summary>
internal sealed record Figure(string Name, double Value, string Unit);

/// <summary>What a scenario asks of the product.</summary>
/// <param name="Wanted">For example <c>= 0</c> or <c>&lt; 1000 ms</c>.</param>
/// <param name="Found">What came out, with its unit.</param>
internal sealed record Threshold(string Name, string Wanted, string Found, bool IsMet);

/// <summary>Rows of numbers, for example one for each round.</summary>
internal sealed record ReportTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Rows);

/// <summary>Where it ran; figures mean nothing without it.</summary>
/// <param name="LoadAtStart">The system's load average of one minute before the scenario, null where there is none.</param>
internal sealed record Machine(string System, string Runtime, int Cores, double? LoadAtStart, double? LoadAtEnd);

/// <summary>What a scenario found.</summary>
internal sealed record Report(
    string Scenario,
    DateTimeOffset StartedAt,
    TimeSpan Took,
    Machine Machine,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<LatencySummary> Latencies,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<ReportTable> Tables,
    IReadOnlyList<string> Notes,
    IReadOnlyList<Threshold> Thresholds)
{
    public bool IsMet => Thresholds.All(threshold => threshold.IsMet);
}
