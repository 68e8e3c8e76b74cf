using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Contracts;

/// <summary>Looks for figures by their name: <c>Get</c> throws where there are none, <c>Find</c> says null.</summary>
public static class StatsExtensions
{
    public static ScenarioStats Get(this ScenarioStats[] scenarioStats, string name) => scenarioStats.Find(name) ?? throw Missing("Scenario", name);

    public static ScenarioStats? Find(this ScenarioStats[] scenarioStats, string name) => Array.Find(scenarioStats, stats => stats.ScenarioName == name);

    public static bool Exists(this ScenarioStats[] scenarioStats, string name) => scenarioStats.Find(name) is not null;

    public static StepStats Get(this StepStats[] stepStats, string name) => stepStats.Find(name) ?? throw Missing("Step", name);

    public static StepStats? Find(this StepStats[] stepStats, string name) => Array.Find(stepStats, stats => stats.StepName == name);

    public static bool Exists(this StepStats[] stepStats, string name) => stepStats.Find(name) is not null;

    public static StatusCodeStats Get(this StatusCodeStats[] statusCodes, string statusCode) => statusCodes.Find(statusCode) ?? throw Missing("Status code", statusCode);

    public static StatusCodeStats? Find(this StatusCodeStats[] statusCodes, string statusCode) => Array.Find(statusCodes, stats => stats.StatusCode == statusCode);

    public static bool Exists(this StatusCodeStats[] statusCodes, string statusCode) => statusCodes.Find(statusCode) is not null;

    public static CounterStats Get(this CounterStats[] counters, string metricName) => counters.Find(metricName) ?? throw Missing("Counter", metricName);

    public static CounterStats? Find(this CounterStats[] counters, string metricName) => Array.Find(counters, stats => stats.MetricName == metricName);

    public static bool Exists(this CounterStats[] counters, string metricName) => counters.Find(metricName) is not null;

    public static GaugeStats Get(this GaugeStats[] gauges, string metricName) => gauges.Find(metricName) ?? throw Missing("Gauge", metricName);

    public static GaugeStats? Find(this GaugeStats[] gauges, string metricName) => Array.Find(gauges, stats => stats.MetricName == metricName);

    public static bool Exists(this GaugeStats[] gauges, string metricName) => gauges.Find(metricName) is not null;

    private static KeyNotFoundException Missing(string what, string name) => new($"{what} '{name}' is not found");
}
