namespace GridMesh.Load.Runner.Contracts.Metrics;

/// <summary>A sum that many add to at once.</summary>
internal sealed class Counter(string metricName, string unitOfMeasure) : ICounter
{
    private long _value;

    public string MetricName => metricName;

    public string UnitOfMeasure => unitOfMeasure;

    public long Value => Interlocked.Read(ref _value);

    public void Add(long value) => Interlocked.Add(ref _value, value);
}

/// <summary>A value that many set at once; the last one stays.</summary>
internal sealed class Gauge(string metricName, string unitOfMeasure) : IGauge
{
    private double _value;

    public string MetricName => metricName;

    public string UnitOfMeasure => unitOfMeasure;

    public double Value => Volatile.Read(ref _value);

    public void Set(double value) => Volatile.Write(ref _value, value);
}
