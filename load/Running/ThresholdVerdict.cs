using System.Globalization;
using System.Text.RegularExpressions;
using GridMesh.Load.Reports;

namespace GridMesh.Load.Running;

/// <summary>Says of an NBomber threshold what it wanted and what was found, which its result alone does not.</summary>
internal static partial class ThresholdVerdict
{
    public static Verdict Of(ThresholdResult result, NodeStats stats)
    {
        object? measured = stats.ScenarioStats.Find(result.ScenarioName);
        if (result.StepName.Length > 0)
        {
            measured = ((ScenarioStats?)measured)?.StepStats.Find(result.StepName);
        }

        return new Verdict(
            result.StepName.Length > 0 ? $"{result.ScenarioName} / {result.StepName}" : result.ScenarioName,
            WantedOf(result.CheckExpression), FoundOf(result, measured), !result.IsFailed);
    }

    /// <summary>Without the name of the parameter and the words of C#.</summary>
    private static string WantedOf(string expression)
    {
        var text = Path().Replace(expression, path => path.Groups["members"].Value)
            .Replace("AndAlso", "and", StringComparison.Ordinal).Replace("OrElse", "or", StringComparison.Ordinal);
        return text is ['(', .. var inside, ')'] ? inside : text;
    }

    /// <summary>The value of each figure that the expression names.</summary>
    private static string FoundOf(ThresholdResult result, object? measured)
    {
        if (result.ExceptionMsg.Length > 0)
        {
            return result.ExceptionMsg;
        }

        if (measured is null)
        {
            return "never ran";
        }

        var values = Path().Matches(result.CheckExpression).Select(path => path.Groups["members"].Value).Distinct()
            .Select(path => (Path: path, Value: ValueOf(measured, path))).Where(found => found.Value is not null)
            .Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.Path} {found.Value:0.##}{UnitOf(found.Path)}")).ToArray();
        var checks = result.ErrorCount > 0 ? $" (missed in {result.ErrorCount} checks)" : "";
        return (values.Length > 0 ? string.Join(", ", values) : result.IsFailed ? "missed" : "met") + checks;
    }

    private static string UnitOf(string path) => path.Contains(".Latency.", StringComparison.Ordinal)
        ? " ms"
        : path.EndsWith(".Percent", StringComparison.Ordinal) ? " %" : "";

    private static object? ValueOf(object measured, string path) => path.Split('.').Aggregate(
        (object?)measured, (value, member) => value?.GetType().GetProperty(member)?.GetValue(value));

    [GeneratedRegex(@"\b\w+\.(?<members>(?:Ok|Fail|All\w+)(?:\.\w+)*)\b(?!\()", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Path();
}
