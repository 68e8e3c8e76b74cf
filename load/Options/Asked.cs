using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;

namespace GridMesh.Load.Options;

/// <summary>Marks what a scenario is asked on the command line: <c>--lead-time</c> for <c>LeadTime</c>.</summary>
/// <param name="min">Bounds of a number, or of a span's seconds; a lower bound of 0 may not be reached by what is not
/// whole.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AskedAttribute(string text, double min = 0, double max = int.MaxValue) : Attribute
{
    public string Text => text;
    public double Min => min;
    public double Max => max;

    /// <summary>Paths and what could be secret are in no report.</summary>
    public bool IsPrivate { get; init; }
}

/// <summary>One property of a scenario's options, and the option of the command line that fills it.</summary>
internal sealed partial class Asked
{
    private readonly PropertyInfo _property;
    private readonly AskedAttribute _attribute;

    private Asked(PropertyInfo property, object defaults)
    {
        (_property, _attribute) = (property, property.GetCustomAttribute<AskedAttribute>()!);
        Name = Capital().Replace(property.Name, part => $"-{part.Value.ToLowerInvariant()}")[1..];
        Option = property.PropertyType == typeof(bool)
            ? new Option<bool>($"--{Name}") { Description = _attribute.Text }
            : new Option<string?>($"--{Name}") { Description = _attribute.Text };
        if (Option is Option<string?> text && property.GetValue(defaults) is { } value)
            text.DefaultValueFactory = _ => TextOf(value);
    }

    public string Name { get; }
    public Option Option { get; }

    public static IReadOnlyList<Asked> Of(LoadOptions defaults) =>
    [
        .. defaults.GetType().GetProperties().Where(property => property.IsDefined(typeof(AskedAttribute)))
            .Select(property => new Asked(property, defaults)),
    ];

    public static IReadOnlyDictionary<string, string> Settings(LoadOptions options) => Of(options)
        .Where(asked => !asked._attribute.IsPrivate && asked._property.GetValue(options) is not null)
        .ToDictionary(asked => asked.Name, asked => TextOf(asked._property.GetValue(options)!));

    public string? Fill(LoadOptions options, ParseResult parsed)
    {
        if (Option is Option<bool> flag)
        {
            _property.SetValue(options, parsed.GetValue(flag));
            return null;
        }

        if (parsed.GetValue((Option<string?>)Option) is not { } text)
            return null;
        try
        {
            var value = ValueOf(text, _property.PropertyType);
            _property.SetValue(options, value);
            var least = value is int or IReadOnlyList<int> || _attribute.Min > 0
                ? $"{_attribute.Min}-" : "more than 0 and at most ";
            return IsWithin(value) ? null : $"--{Name} is {text}; it has to be {least}{_attribute.Max}";
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return $"--{Name} is '{text}', which is not {(e is UriFormatException ? "an address" : "a number")}";
        }
    }

    private bool IsWithin(object value) => value switch
    {
        int number => number >= _attribute.Min && number <= _attribute.Max,
        double number => number > 0 && number >= _attribute.Min && number <= _attribute.Max,
        TimeSpan span =>
            span > TimeSpan.Zero && span.TotalSeconds >= _attribute.Min && span.TotalSeconds <= _attribute.Max,
        IReadOnlyList<int> numbers => numbers.All(number => number >= _attribute.Min && number <= _attribute.Max),
        _ => true,
    };

    private static object ValueOf(string text, Type type) =>
        type == typeof(TimeSpan) ? TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture))
        : type == typeof(IReadOnlyList<int>)
            ? text.Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray()
        : type == typeof(Uri) ? new Uri(text)
        : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);

    private static string TextOf(object value) => value switch
    {
        TimeSpan span => span.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        IReadOnlyList<int> numbers => string.Join(',', numbers),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    [GeneratedRegex("[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Capital();
}
