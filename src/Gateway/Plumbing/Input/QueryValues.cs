using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Json;

namespace GridMesh.Gateway.Plumbing.Input;

/// <summary>A type of the project's own that a parameter of a query may have.</summary>
internal interface IQueryValue<TSelf>
    where TSelf : struct, IQueryValue<TSelf>
{
    /// <summary>What such a value has to be.</summary>
    static abstract string Words { get; }

    static abstract bool TryParse(string? text, out TSelf value);
}

/// <summary>A moment: a time with its zone, or a day of China.</summary>
internal readonly record struct QueryTime(DateTimeOffset At) : IQueryValue<QueryTime>
{
    public static string Words => ZonedTime.DayWords;

    public static bool TryParse(string? text, out QueryTime value)
    {
        var isTime = ZonedTime.TryParseOrDay(text, out var at);
        value = new QueryTime(at);
        return isTime;
    }
}

/// <summary>Names of an enum, separated by commas: any of them is looked for.</summary>
internal readonly record struct QueryNames<T>(ImmutableArray<T> Values) : IQueryValue<QueryNames<T>>
    where T : struct, Enum
{
    public static string Words => $"is one of {EnumName.All<T>()}, or several of them separated by commas";

    public static bool TryParse(string? text, out QueryNames<T> value)
    {
        var values = ImmutableArray.CreateBuilder<T>();
        var isKnown = true;
        foreach (var name in text?.Split(',') ?? [])
        {
            isKnown &= EnumName.TryParse<T>(name, out var one, ignoreCase: true);
            values.Add(one);
        }

        value = new QueryNames<T>([.. values.Distinct()]);
        return isKnown;
    }
}
