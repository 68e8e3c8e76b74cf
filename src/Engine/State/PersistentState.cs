using System.Reflection;
using System.Text.Json;
using GridMesh.Engine.Activations;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridMesh.Engine.State;

/// <summary>A record that is read before the grain is activated.</summary>
internal interface IReadableState
{
    Task ReadStateAsync();
}

/// <summary>The stored record of one activation.</summary>
internal sealed class PersistentState<TState>(Activation activation, IGrainStateStore store, string name)
    : IPersistentState<TState>, IReadableState
{
    public TState State { get; set; } = Fresh();

    public string? Etag { get; private set; }

    public bool RecordExists => Etag is not null;

    private JsonSerializerOptions Json => activation.Kind.Engine.Options.Json;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync(name, activation.Kind.Name, activation.Key, cancellationToken);
        State = stored is null ? Fresh() : JsonSerializer.Deserialize<TState>(stored.Payload.Span, Json) ?? Fresh();
        Etag = stored?.Etag;
    }

    public async Task WriteStateAsync(CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(State, Json);
        try
        {
            Etag = await store.WriteAsync(name, activation.Kind.Name, activation.Key, payload, Etag, cancellationToken);
        }
        catch (InconsistentStateException lost)
        {
            lost.SourceActivation = activation;
            throw;
        }
    }

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ClearAsync(name, activation.Kind.Name, activation.Key, Etag, cancellationToken);
        }
        catch (InconsistentStateException lost)
        {
            lost.SourceActivation = activation;
            throw;
        }

        State = Fresh();
        Etag = null;
    }

    private static TState Fresh() =>
        typeof(TState).IsValueType || typeof(TState).GetConstructor(Type.EmptyTypes) is not null
            ? Activator.CreateInstance<TState>()
            : default!;
}

/// <summary>Makes the record for one parameter of a grain's constructor.</summary>
internal sealed class PersistentStateFactory
{
    private static readonly MethodInfo MakeTyped =
        typeof(PersistentStateFactory).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly Func<Activation, IGrainStateStore, string, IReadableState> _make;
    private readonly PersistentStateAttribute _facet;

    public PersistentStateFactory(ParameterInfo parameter)
    {
        _facet = parameter.GetCustomAttribute<PersistentStateAttribute>()!;
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException(
                $"[PersistentState] belongs on an IPersistentState<T>, not on a {type}.");
        _make = MakeTyped.MakeGenericMethod(type.GetGenericArguments())
            .CreateDelegate<Func<Activation, IGrainStateStore, string, IReadableState>>();
    }

    public IReadableState Create(Activation activation, IServiceProvider services)
    {
        var store = _facet.StorageName is { } name ? services.GetKeyedService<IGrainStateStore>(name) : null;
        return _make(activation, store ?? services.GetRequiredService<IGrainStateStore>(), _facet.StateName);
    }

    private static PersistentState<TState> Make<TState>(Activation activation, IGrainStateStore store, string name) =>
        new(activation, store, name);
}
