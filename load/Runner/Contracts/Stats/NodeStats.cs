using GridMesh.Load.Runner.Contracts.Metrics;

namespace GridMesh.Load.Runner.Contracts.Stats;

/// <summary>Everything that was measured in a run.</summary>
public sealed record NodeStats
{
    public ScenarioStats[] ScenarioStats { get; init; } = [];

    public MetricStats Metrics { get; init; } = new();

    public ThresholdResult[] Thresholds { get; init; } = [];

    public NodeInfo NodeInfo { get; init; } = new();

    public TestInfo TestInfo { get; init; } = new();

    public int AllRequestCount { get; init; }

    public int AllOkCount { get; init; }

    public int AllFailCount { get; init; }

    public long AllBytes { get; init; }

    public TimeSpan Duration { get; init; }

    public ReportFile[] ReportFiles { get; init; } = [];
}

/// <summary>A report that was written.</summary>
public sealed record ReportFile
{
    public string FilePath { get; init; } = "";

    public ReportFormat ReportFormat { get; init; }

    public string ReportContent { get; init; } = "";
}

public enum ReportFormat
{
    Txt = 0,
    Html = 1,
    Csv = 2,
    Md = 3,
}

/// <summary>How a threshold came out.</summary>
public sealed record ThresholdResult
{
    public string ScenarioName { get; init; } = "";

    /// <summary>Empty unless it is a step's.</summary>
    public string StepName { get; init; } = "";

    public string CheckExpression { get; init; } = "";

    /// <summary>What the check threw, empty when it did not.</summary>
    public string ExceptionMsg { get; init; } = "";

    /// <summary>In how many checks it was missed.</summary>
    public int ErrorCount { get; init; }

    /// <summary>Missed over the whole run, or so often that the run was stopped.</summary>
    public bool IsFailed { get; init; }
}
