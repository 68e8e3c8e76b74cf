using System.Linq.Expressions;
using System.Text.RegularExpressions;

namespace GridMesh.Load.Running;

/// <summary>
/// What is asked of a scenario or of one of its steps. It is told in its own words, so what it compares with has to be
/// a constant.
/// </summary>
internal sealed partial class Threshold
{
    private readonly string _step;
    private readonly string _wanted;
    private readonly Func<ScenarioStats, (object? Measured, bool IsMet)> _check;

    private Threshold(string step, LambdaExpression check, Func<ScenarioStats, (object?, bool)> decide) =>
        (_step, _wanted, _check) = (step, WantedOf(check.Body.ToString()), decide);

    public static Threshold Create(Expression<Func<ScenarioStats, bool>> check)
    {
        var compiled = check.Compile();
        return new("", check, stats => (stats, compiled(stats)));
    }

    public static Threshold Create(string stepName, Expression<Func<StepStats, bool>> check)
    {
        var compiled = check.Compile();
        return new(
            stepName, check,
            stats => stats.StepStats.FirstOrDefault(step => step.StepName == stepName) is { } step
                ? (step, compiled(step)) : (null, false));
    }

    /// <summary>Decides by the whole run. A step that never ran does not meet its threshold.</summary>
    public Verdict Decide(ScenarioStats stats)
    {
        var (measured, isMet) = _check(stats);
        var found = measured is null ? "never ran"
            : string.Join(", ", Figure().Matches(_wanted).Select(match => match.Value).Distinct()
            .Select(path => string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{path} {ValueOf(measured, path):0.##}")));
        return new Verdict(
            _step.Length > 0 ? $"{stats.ScenarioName} / {_step}" : stats.ScenarioName, _wanted, found, isMet);
    }

    /// <summary>Without the name of the parameter and the words of C#.</summary>
    private static string WantedOf(string expression)
    {
        var text = Parameter().Replace(expression, "").Replace("AndAlso", "and", StringComparison.Ordinal)
            .Replace("Convert(", "(", StringComparison.Ordinal).Replace(", Double)", ")", StringComparison.Ordinal);
        return text is ['(', .. var inside, ')'] ? inside : text;
    }

    private static object? ValueOf(object measured, string path) => path.Split('.').Aggregate(
        (object?)measured, (value, member) => value?.GetType().GetProperty(member)?.GetValue(value));

    [GeneratedRegex(@"\b\w+\.(?=(?:Ok|Fail)\.)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\b(?:Ok|Fail)(?:\.\w+)+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Figure();
}
