using System.Linq.Expressions;
using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Contracts;

/// <summary>What is asked of a scenario, of one of its steps, or of a metric.</summary>
public sealed class Threshold
{
    private Threshold(int? abortWhenErrorCount, TimeSpan? startCheckAfter) =>
        (AbortWhenErrorCount, StartCheckAfter) = (abortWhenErrorCount, startCheckAfter);

    /// <summary>Empty unless the threshold is a step's.</summary>
    public string StepName { get; private init; } = "";

    public Expression<Func<StepStats, bool>>? CheckStep { get; private init; }

    public Expression<Func<ScenarioStats, bool>>? CheckScenario { get; private init; }

    public Expression<Func<MetricStats, bool>>? CheckMetric { get; private init; }

    /// <summary>After so many intervals in which it was missed the run is stopped; null: it goes on.</summary>
    public int? AbortWhenErrorCount { get; }

    /// <summary>How long after the start the first check is; null: at the first interval.</summary>
    public TimeSpan? StartCheckAfter { get; }

    public static Threshold Create(
        Expression<Func<ScenarioStats, bool>> checkScenario, int? abortWhenErrorCount = null, TimeSpan? startCheckAfter = null) =>
        new(abortWhenErrorCount, startCheckAfter) { CheckScenario = checkScenario };

    public static Threshold Create(
        string stepName, Expression<Func<StepStats, bool>> checkStep, int? abortWhenErrorCount = null,
        TimeSpan? startCheckAfter = null) =>
        new(abortWhenErrorCount, startCheckAfter) { StepName = stepName, CheckStep = checkStep };

    public static Threshold Create(
        Expression<Func<MetricStats, bool>> checkMetric, int? abortWhenErrorCount = null, TimeSpan? startCheckAfter = null) =>
        new(abortWhenErrorCount, startCheckAfter) { CheckMetric = checkMetric };
}
