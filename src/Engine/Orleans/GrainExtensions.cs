using GridMesh.Engine.Proxies;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Keys and references of grains.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to this grain that can be handed to others; the object itself must not be.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)AsReference(grain, typeof(TGrainInterface));

    /// <summary>As the generic method, for an interface known only at run time.</summary>
    public static object AsReference(this IAddressable grain, Type interfaceType) => grain switch
    {
        Grain own => own.Runtime.Kind.Engine.Factory.CreateReference(interfaceType, own.Runtime.Kind, own.Runtime.Key),
        GrainProxy proxy when interfaceType.IsInstanceOfType(proxy) => proxy,
        GrainProxy proxy => proxy.Kind.Engine.Factory.CreateReference(interfaceType, proxy.Kind, proxy.Key),
        _ => throw NotAGrain(grain),
    };

    /// <summary>The same grain by another of its interfaces.</summary>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => AsReference<TGrainInterface>(grain);

    /// <summary>The key of a grain or of a reference to one.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain switch
    {
        Grain own => own.Runtime.Key,
        GrainProxy proxy => proxy.Key,
        _ => throw NotAGrain(grain),
    };

    private static ArgumentException NotAGrain(IAddressable? grain) =>
        new($"{grain?.GetType().FullName ?? "null"} is neither a grain nor a reference to one.", nameof(grain));
}
