namespace GridMesh.Load.Runner.Contracts.Metrics;

/// <summary>All registered metrics at one moment.</summary>
public sealed record MetricStats
{
    public CounterStats[] Counters { get; init; } = [];

    public GaugeStats[] Gauges { get; init; } = [];

    /// <summary>Time since the start.</summary>
    public TimeSpan Duration { get; init; }
}

public sealed record CounterStats
{
    public string MetricName { get; init; } = "";

    public string UnitOfMeasure { get; init; } = "";

    public string ScenarioName { get; init; } = "";

    public long Value { get; init; }
}

public sealed record GaugeStats
{
    public string MetricName { get; init; } = "";

    public string UnitOfMeasure { get; init; } = "";

    public string ScenarioName { get; init; } = "";

    public double Value { get; init; }
}
