using GridMesh.Load.Runner.Contracts.Metrics;

namespace GridMesh.Load.Runner.Contracts;

/// <summary>Makes figures of a scenario's own; they count once they are registered.</summary>
public static class Metric
{
    public static ICounter CreateCounter(string metricName, string unitOfMeasure) => new Counter(metricName, unitOfMeasure);

    public static IGauge CreateGauge(string metricName, string unitOfMeasure) => new Gauge(metricName, unitOfMeasure);
}
