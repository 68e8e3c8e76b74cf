namespace GridMesh.Load.Runner.Contracts.Stats;

/// <summary>What was measured of a scenario, over the whole run or over an interval.</summary>
public sealed record ScenarioStats
{
    public string ScenarioName { get; init; } = "";

    /// <summary>Iterations that went well.</summary>
    public MeasurementStats Ok { get; init; } = new();

    public MeasurementStats Fail { get; init; } = new();

    public StepStats[] StepStats { get; init; } = [];

    public LoadSimulationStats LoadSimulationStats { get; init; } = new();

    public OperationType CurrentOperation { get; init; }

    public int AllRequestCount { get; init; }

    public int AllOkCount { get; init; }

    public int AllFailCount { get; init; }

    public long AllBytes { get; init; }

    /// <summary>Time since the start.</summary>
    public TimeSpan Duration { get; init; }

    public int SortIndex { get; init; }
}

/// <summary>What was measured of a step.</summary>
public sealed record StepStats
{
    public string StepName { get; init; } = "";

    public MeasurementStats Ok { get; init; } = new();

    public MeasurementStats Fail { get; init; } = new();

    public int SortIndex { get; init; }
}

/// <summary>The load that is applied at a moment.</summary>
public sealed record LoadSimulationStats
{
    public string SimulationName { get; init; } = "";

    /// <summary>Iterations an interval, or copies.</summary>
    public int Value { get; init; }
}
