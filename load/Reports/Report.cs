using GridMesh.Load.Measuring;

namespace GridMesh.Load.Reports;

/// <summary>A number with its unit, for people and machines.</summary>
internal sealed record Figure(string Name, double Value, string Unit);

/// <summary>A threshold of a scenario and what became of it.</summary>
/// <param name="Wanted">For example <c>= 0</c> or <c>&lt; 1000 ms</c>.</param>
/// <param name="Found">What came out, with its unit.</param>
internal sealed record Verdict(string Name, string Wanted, string Found, bool IsMet);

/// <summary>Rows of numbers, for example one for each round.</summary>
internal sealed record ReportTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Rows)
{
    /// <summary>What stands before each row; empty where numbers say it.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}

/// <summary>Where it ran; figures mean nothing without it.</summary>
/// <param name="LoadAtStart">The system's load average of one minute before the scenario, null where there is none.</param>
internal sealed record Machine(string System, string Runtime, int Cores, double? LoadAtStart, double? LoadAtEnd)
{
    /// <summary>Memory that the machine or its container has.</summary>
    public double MemoryMb { get; init; }
}

/// <summary>What ran, and what made the load.</summary>
/// <param name="Commit">Of the product where it is ours, otherwise of this program; uncommitted changes do not show.</param>
internal sealed record Subject(string Commit, string Engine, string Storage, string Durability, string LoadEngine);

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
    IReadOnlyList<Verdict> Thresholds)
{
    public bool IsMet => Thresholds.All(threshold => threshold.IsMet);

    /// <summary>Null for scenarios that say it in their settings.</summary>
    public Subject? Subject { get; init; }

    public IReadOnlyList<LoadFigures> Loads { get; init; } = [];

    public IReadOnlyList<TimeLine> Timelines { get; init; } = [];

    public IReadOnlyList<MetricLine> Metrics { get; init; } = [];

    public IReadOnlyList<ProcessLine> Processes { get; init; } = [];

    /// <summary>It was ended before its time, so whatever the thresholds say is about a part.</summary>
    public bool IsCancelled { get; init; }
}
