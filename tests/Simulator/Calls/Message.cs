using Orleans.Serialization.Invocation;

namespace GridMesh.Simulator.Calls;

/// <summary>What is on its way to a grain, or from a stream to who listens to it.</summary>
/// <param name="Target">Key of the grain or of the stream.</param>
/// <param name="Kind">The grain's kind (<c>incident</c>), or <c>stream</c>.</param>
/// <param name="Method">Name of the method, or the stream's namespace.</param>
/// <param name="IsOneWay">Nobody waits for an answer.</param>
public sealed record Message(string Kind, string Target, string Method, bool IsOneWay)
{
    internal IInvokable? Request { get; init; }

    /// <summary>Its arguments, or the item of the stream.</summary>
    public IReadOnlyList<object?> Arguments => Request is null
        ? [Item]
        : [.. Enumerable.Range(0, Request.GetArgumentCount()).Select(Request.GetArgument)];

    internal object? Item { get; init; }

    public override string ToString() => $"{Kind}/{Target}.{Method}";
}

/// <summary>What becomes of a message.</summary>
public readonly record struct Fate
{
    public static Fate Arrives => default;

    public static Fate Lost => new() { IsLost = true };

    public static Fate Doubled => new() { IsDoubled = true };

    /// <summary>It is done, and whoever asked never hears of it.</summary>
    public static Fate Unanswered => new() { IsUnanswered = true };

    public bool IsLost { get; private init; }

    public bool IsDoubled { get; private init; }

    public bool IsUnanswered { get; private init; }

    /// <summary>How long it is on its way; another one may overtake it.</summary>
    public TimeSpan Delay { get; private init; }

    public static Fate Late(TimeSpan by) => new() { Delay = by };
}
