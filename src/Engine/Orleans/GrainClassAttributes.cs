using Orleans.Streams;

namespace Orleans;

/// <summary>The collector leaves activations of this class alone.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class KeepAliveAttribute : Attribute;

/// <summary>The stable name of a grain class, used in stores.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal string Name { get; } = grainType;
}

/// <summary>Subscribes the grain whose key equals the key of the stream, without any call.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class ImplicitStreamSubscriptionAttribute : Attribute
{
    /// <summary>All streams of all namespaces.</summary>
    public ImplicitStreamSubscriptionAttribute()
        : this(AllNamespaces.Instance)
    {
    }

    /// <summary>The streams of the namespaces that match.</summary>
    public ImplicitStreamSubscriptionAttribute(IStreamNamespacePredicate predicate, string? streamIdMapper = null)
    {
        Predicate = predicate;
        StreamIdMapper = streamIdMapper;
    }

    /// <summary>The streams of this namespace.</summary>
    public ImplicitStreamSubscriptionAttribute(string streamNamespace, string? streamIdMapper = null)
        : this(new ExactNamespace(streamNamespace), streamIdMapper)
    {
    }

    public IStreamNamespacePredicate Predicate { get; }

    /// <summary>Unused by the embedded engine: the key of the stream is the key of the grain.</summary>
    public string? StreamIdMapper { get; init; }
}

internal sealed record ExactNamespace(string Namespace) : IStreamNamespacePredicate
{
    public string PredicatePattern => Namespace;

    public bool IsMatch(string streamNamespace) => streamNamespace == Namespace;
}

internal sealed class AllNamespaces : IStreamNamespacePredicate
{
    public static readonly AllNamespaces Instance = new();

    public string PredicatePattern => "*";

    public bool IsMatch(string streamNamespace) => true;
}
