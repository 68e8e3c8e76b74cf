using System.Collections.Concurrent;
using GridMesh.Load.Runner.Contracts.Metrics;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>The metrics that scenarios and sinks registered.</summary>
internal sealed class MetricRegistry
{
    /// <summary>Most metrics of a run.</summary>
    public const int MetricsMax = 1_000;

    private readonly ConcurrentDictionary<string, (IMetric Metric, string Scenario)> _metrics = new();

    /// <exception cref="InvalidOperationException">The name is taken, or there are too many.</exception>
    public void Register(IMetric metric, string scenarioName)
    {
        if (_metrics.Count >= MetricsMax)
        {
            throw new InvalidOperationException($"more than {MetricsMax} metrics");
        }

        if (!_metrics.TryAdd(metric.MetricName, (metric, scenarioName)) && _metrics[metric.MetricName].Metric != metric)
        {
            throw new InvalidOperationException($"there is a metric {metric.MetricName} already");
        }
    }

    public MetricStats Read(TimeSpan elapsed)
    {
        var all = _metrics.Values.OrderBy(entry => entry.Metric.MetricName, StringComparer.Ordinal).ToArray();
        return new MetricStats
        {
            Counters =
            [
                .. all.Where(entry => entry.Metric is Counter).Select(entry => new CounterStats
                {
                    MetricName = entry.Metric.MetricName, UnitOfMeasure = entry.Metric.UnitOfMeasure,
                    ScenarioName = entry.Scenario, Value = ((Counter)entry.Metric).Value,
                }),
            ],
            Gauges =
            [
                .. all.Where(entry => entry.Metric is Gauge).Select(entry => new GaugeStats
                {
                    MetricName = entry.Metric.MetricName, UnitOfMeasure = entry.Metric.UnitOfMeasure,
                    ScenarioName = entry.Scenario, Value = ((Gauge)entry.Metric).Value,
                }),
            ],
            Duration = elapsed,
        };
    }
}
