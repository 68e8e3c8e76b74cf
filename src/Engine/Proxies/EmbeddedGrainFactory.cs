using System.Collections.Concurrent;
using GridMesh.Engine.Activations;
using Orleans;

namespace GridMesh.Engine.Proxies;

/// <summary>Finds the class behind an interface and makes references.</summary>
internal sealed class EmbeddedGrainFactory(GrainEngine engine) : IGrainFactory
{
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainKind> _kinds = new();

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)(object)Make(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)(object)Make(grainInterfaceType, grainPrimaryKey, null);

    public object CreateReference(Type grainInterface, GrainKind kind, string key) =>
        grainInterface.IsAssignableFrom(kind.Type)
            ? ProxyBuilder.For(grainInterface)(kind, key)
            : throw new InvalidCastException($"{kind.Type} does not implement {grainInterface}.");

    private GrainProxy Make(Type grainInterface, string key, string? prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (!_kinds.TryGetValue((grainInterface, prefix), out var kind))
            kind = _kinds.GetOrAdd((grainInterface, prefix), id => Resolve(id.Interface, id.Prefix));
        return ProxyBuilder.For(grainInterface)(kind, key);
    }

    private GrainKind Resolve(Type grainInterface, string? prefix)
    {
        var kinds = engine.Kinds.Where(kind => grainInterface.IsAssignableFrom(kind.Type)).ToList();
        if (prefix is not null)
            kinds = kinds.FindAll(kind => kind.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal));
        if (kinds.Count > 1)
        {
            // IFoo belongs to Foo where other classes implement it too.
            var namesake = kinds.FindAll(kind => "I" + kind.Type.Name == grainInterface.Name);
            kinds = namesake.Count == 1 ? namesake : kinds;
        }

        return kinds.Count switch
        {
            1 => kinds[0],
            0 => throw new ArgumentException($"No grain class implements {grainInterface}.", nameof(grainInterface)),
            _ => throw new ArgumentException(
                $"Several grain classes implement {grainInterface}: {string.Join(", ", kinds.Select(k => k.Type.Name))}.",
                nameof(grainInterface)),
        };
    }
}
