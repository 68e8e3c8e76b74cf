using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.CodeGeneration;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Invocation;
using Orleans.Serialization.Serializers;

namespace GridMesh.Simulator.Grains;

/// <summary>
/// What Orleans' code generator has made of the grains: their classes, the proxies of their interfaces, the copiers of
/// what they say. It does not change, so all simulations share it.
/// </summary>
internal sealed class GeneratedCode
{
    private static readonly ConcurrentDictionary<Assembly, GeneratedCode> s_read = new();

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private readonly Dictionary<Type, Type> _proxies = [];
    private readonly ConcurrentDictionary<Type, GrainKind> _kindOf = new();

    private GeneratedCode(Assembly grains)
    {
        var manifest = _services.GetRequiredService<IOptions<TypeManifestOptions>>().Value;
        Kinds = [.. manifest.InterfaceImplementations
            .Where(type => type.Assembly == grains && typeof(IGrainBase).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => new GrainKind(type))];
        foreach (var proxy in manifest.InterfaceProxies.Where(type => !type.IsGenericTypeDefinition))
        {
            var interfaces = proxy.GetInterfaces();
            foreach (var main in interfaces.Where(one => typeof(IAddressable).IsAssignableFrom(one)
                && interfaces.All(other => other == one || !one.IsAssignableFrom(other))))
            {
                _proxies[main] = proxy;
            }
        }

        Responses = _services.GetRequiredService<DeepCopier<Response>>();
        Requests = _services.GetRequiredService<DeepCopier<IInvokable>>();
        Copier = _services.GetRequiredService<DeepCopier>();
    }

    public IReadOnlyList<GrainKind> Kinds { get; }

    public DeepCopier<Response> Responses { get; }

    public DeepCopier<IInvokable> Requests { get; }

    public DeepCopier Copier { get; }

    public static GeneratedCode Of(Assembly grains) => s_read.GetOrAdd(grains, key => new GeneratedCode(key));

    /// <summary>The one class that implements the interface.</summary>
    public GrainKind KindOf(Type grainInterface) => _kindOf.GetOrAdd(
        grainInterface, key => Kinds.Single(kind => key.IsAssignableFrom(kind.Type)));

    public ConstructorInvoker ProxyOf(Type grainInterface) => ConstructorInvoker.Create(
        (_proxies.GetValueOrDefault(grainInterface) ?? throw new ArgumentException($"{grainInterface} has no proxy"))
            .GetConstructor([typeof(GrainReferenceShared), typeof(IdSpan)])
        ?? throw new ArgumentException($"the proxy of {grainInterface} is of another version of Orleans"));

    public GrainReferenceShared Share(GrainKind kind, Type grainInterface, IGrainReferenceRuntime runtime) => new(
        kind.GrainType, GrainInterfaceType.Create(grainInterface.FullName!), 0, runtime, InvokeMethodOptions.None,
        _services.GetRequiredService<CodecProvider>(), _services.GetRequiredService<CopyContextPool>(), _services);
}
