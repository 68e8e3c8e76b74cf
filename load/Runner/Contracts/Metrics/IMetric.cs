namespace GridMesh.Load.Runner.Contracts.Metrics;

/// <summary>A figure of a scenario's own.</summary>
public interface IMetric
{
    string MetricName { get; }

    string UnitOfMeasure { get; }
}

/// <summary>A sum.</summary>
public interface ICounter : IMetric
{
    void Add(long value);
}

/// <summary>The last value that was set.</summary>
public interface IGauge : IMetric
{
    void Set(double value);
}
