using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Serialization.TypeSystem;

namespace GridMesh.Silo.Hosting;

/// <summary>
/// What Orleans calls a grain interface, looked up once. Orleans 10.4 reads the attributes of the interface anew
/// whenever somebody asks for a grain, which was a twentieth of the processor under positions (docs/performance.md).
/// </summary>
internal sealed class CachedInterfaceTypes(IServiceProvider services, TypeConverter converter)
    : IGrainInterfaceTypeProvider
{
    private readonly ConcurrentDictionary<Type, GrainInterfaceType> _known = new();

    /// <summary>Puts it before all others: the first that knows a type is believed.</summary>
    public static void AddTo(IServiceCollection services) =>
        services.Insert(0, ServiceDescriptor.Singleton<IGrainInterfaceTypeProvider, CachedInterfaceTypes>());

    public bool TryGetGrainInterfaceType(Type type, [NotNullWhen(true)] out GrainInterfaceType grainInterfaceType)
    {
        grainInterfaceType = _known.GetOrAdd(type, Resolve);
        return true;
    }

    /// <summary>As without this one: the other providers, then Orleans' own naming.</summary>
    private GrainInterfaceType Resolve(Type type)
    {
        var others = services.GetServices<IGrainInterfaceTypeProvider>().Where(provider => provider != this);
        return new GrainInterfaceTypeResolver(others, converter).GetGrainInterfaceType(type);
    }
}
