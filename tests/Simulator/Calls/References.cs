using System.Reflection;
using GridMesh.Simulator.Grains;
using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace GridMesh.Simulator.Calls;

/// <summary>Makes references to grains, and hands on what is asked of them.</summary>
internal sealed class References(GeneratedCode code, Network network) : IGrainReferenceRuntime
{
    private readonly Dictionary<(Type, GrainType), (ConstructorInvoker Make, GrainReferenceShared Shared)> _shared = [];
    private readonly Lock _gate = new();

    public object Of(Type grainInterface, GrainKind kind, IdSpan key)
    {
        (ConstructorInvoker Make, GrainReferenceShared Shared) known;
        lock (_gate)
        {
            if (!_shared.TryGetValue((grainInterface, kind.GrainType), out known))
            {
                known = (code.ProxyOf(grainInterface), code.Share(kind, grainInterface, this));
                _shared[(grainInterface, kind.GrainType)] = known;
            }
        }

        return known.Make.Invoke(known.Shared, key);
    }

    public object Of(Type grainInterface, string key) =>
        Of(grainInterface, code.KindOf(grainInterface), IdSpan.Create(key));

    public object Of(Type grainInterface, GrainId id) =>
        Of(grainInterface, code.Kinds.Single(kind => kind.GrainType == id.Type), id.Key);

    public ValueTask<T?> InvokeMethodAsync<T>(
        GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        new(network.AskAsync<T>(reference.GrainId, request, options.HasFlag(InvokeMethodOptions.OneWay)));

    public ValueTask InvokeMethodAsync(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        new(network.AskAsync<object>(reference.GrainId, request, options.HasFlag(InvokeMethodOptions.OneWay)));

    public void InvokeMethod(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        _ = network.AskAsync<object>(reference.GrainId, request, isOneWay: true);

    public object Cast(IAddressable grain, Type interfaceType) =>
        interfaceType.IsInstanceOfType(grain) ? grain : Of(interfaceType, ((GrainReference)grain).GrainId);
}
