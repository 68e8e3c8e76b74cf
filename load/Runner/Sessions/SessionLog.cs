using GridMesh.Load.Runner.Contracts;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>Writes lines with the time since the start. Names in braces are replaced by the values in their order.</summary>
internal sealed partial class SessionLog(TextWriter output, TimeProvider time) : ILogger
{
    private readonly Lock _gate = new();
    private readonly long _began = time.GetTimestamp();

    /// <summary>For finding out what went wrong; nobody has asked for it yet.</summary>
    public void Debug(string messageTemplate, params object?[] propertyValues)
    {
    }

    public void Information(string messageTemplate, params object?[] propertyValues) => Write("", messageTemplate, propertyValues);

    public void Warning(string messageTemplate, params object?[] propertyValues) => Write("warning: ", messageTemplate, propertyValues);

    public void Error(string messageTemplate, params object?[] propertyValues) => Write("error: ", messageTemplate, propertyValues);

    public void Error(Exception exception, string messageTemplate, params object?[] propertyValues) =>
        Write("error: ", messageTemplate + " {Exception}", [.. propertyValues, exception.Message]);

    private void Write(string prefix, string template, object?[] values)
    {
        var index = 0;
        var text = Hole().Replace(template, hole => index < values.Length
            ? Convert.ToString(values[index++], CultureInfo.InvariantCulture) ?? ""
            : hole.Value);
        lock (_gate)
        {
            output.WriteLine($"{time.GetElapsedTime(_began).TotalSeconds,7:F1} s  {prefix}{text}");
        }
    }

    [GeneratedRegex(@"\{@?\w+(?::[^}]*)?\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Hole();
}
