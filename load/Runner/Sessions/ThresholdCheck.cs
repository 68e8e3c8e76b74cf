using System.Linq.Expressions;
using System.Reflection;
using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>
/// Follows a threshold through a run: at each interval what happened in it is checked and misses are counted; at the end
/// the whole run decides.
/// </summary>
internal sealed class ThresholdCheck(string scenarioName, Threshold threshold)
{
    private readonly Func<ScenarioStats, MetricStats, bool?> _check = Compile(threshold);
    private int _missed;
    private bool _isAborted;
    private string _thrown = "";

    /// <summary>True when the run has to be stopped because of it.</summary>
    public bool CheckInterval(ScenarioStats stats, MetricStats metrics, TimeSpan elapsed)
    {
        if (elapsed < (threshold.StartCheckAfter ?? TimeSpan.Zero) || IsMet(stats, metrics) != false)
        {
            return false;
        }

        _missed++;
        _isAborted |= _missed >= threshold.AbortWhenErrorCount;
        return _isAborted;
    }

    /// <summary>The verdict over the whole run. A step that never ran does not meet its threshold.</summary>
    public ThresholdResult Conclude(ScenarioStats totals, MetricStats metrics)
    {
        var isMet = IsMet(totals, metrics) == true;
        return new ThresholdResult
        {
            ScenarioName = scenarioName,
            StepName = threshold.StepName,
            CheckExpression = Text(threshold),
            ExceptionMsg = _thrown,
            ErrorCount = _missed + (isMet ? 0 : 1),
            IsFailed = !isMet || _isAborted,
        };
    }

    /// <summary>Null when there is nothing to check yet.</summary>
    private bool? IsMet(ScenarioStats stats, MetricStats metrics)
    {
        try
        {
            return _check(stats, metrics);
        }
        catch (Exception e)
        {
            // The check is the scenario's own; what it throws is told with the verdict.
            _thrown = e.Message;
            return false;
        }
    }

    private static Func<ScenarioStats, MetricStats, bool?> Compile(Threshold threshold)
    {
        if (threshold.CheckStep?.Compile() is { } step)
        {
            return (stats, _) => stats.StepStats.Find(threshold.StepName) is { } found ? step(found) : null;
        }

        if (threshold.CheckMetric?.Compile() is { } metric)
        {
            return (_, metrics) => metric(metrics);
        }

        var scenario = threshold.CheckScenario!.Compile();
        return (stats, _) => scenario(stats);
    }

    private static string Text(Threshold threshold)
    {
        var check = threshold.CheckStep ?? (LambdaExpression?)threshold.CheckMetric ?? threshold.CheckScenario;
        return new CapturedValues().Visit(check!.Body).ToString();
    }

    /// <summary>Writes the value of a captured variable instead of where the compiler keeps it.</summary>
    private sealed class CapturedValues : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) => node switch
        {
            { Expression: ConstantExpression { Value: { } closure }, Member: FieldInfo field } =>
                Expression.Constant(field.GetValue(closure), node.Type),
            { Expression: null, Member: FieldInfo field } => Expression.Constant(field.GetValue(null), node.Type),
            _ => base.VisitMember(node),
        };
    }
}
