using System.Collections.Concurrent;
using System.Reflection;
using GridMesh.Engine.State;
using Orleans;
using Orleans.Concurrency;

namespace GridMesh.Engine.Activations;

/// <summary>A grain class with its activations.</summary>
internal sealed class GrainKind
{
    private const string ClassSuffix = "grain";

    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WorkerPool> _workers = new(StringComparer.Ordinal);
    private readonly GrainConstructor _constructor;
    private int _count;

    public GrainKind(GrainEngine engine, Type type)
    {
        Engine = engine;
        Type = type;
        Name = type.GetCustomAttribute<GrainTypeAttribute>()?.Name ?? DefaultName(type);
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        KeepAlive = type.IsDefined(typeof(KeepAliveAttribute), inherit: true);
        WorkersMax = type.GetCustomAttribute<StatelessWorkerAttribute>(inherit: true)?.MaxLocalWorkers ?? 0;
        ImplicitStreams = type.GetCustomAttributes<ImplicitStreamSubscriptionAttribute>(inherit: true).ToArray();
        DisposesNothing = !typeof(IDisposable).IsAssignableFrom(type)
            && !typeof(IAsyncDisposable).IsAssignableFrom(type);
        _constructor = new GrainConstructor(type, engine.Registrations);
    }

    public GrainEngine Engine { get; }

    public Type Type { get; }

    /// <summary>
    /// The stable name: what [GrainType] says, or the class name in small letters without "grain" at its end.
    /// </summary>
    public string Name { get; }

    public bool Reentrant { get; }

    public bool KeepAlive { get; }

    /// <summary>The most activations for a key of a stateless worker; zero for other grains.</summary>
    public int WorkersMax { get; }

    public ImplicitStreamSubscriptionAttribute[] ImplicitStreams { get; }

    public bool DisposesNothing { get; }

    public bool NeedsScope => _constructor.NeedsScope;

    public int Count => Volatile.Read(ref _count);

    /// <summary>All activations, also those on their way in or out.</summary>
    public IEnumerable<Activation> Activations =>
        WorkersMax > 0
            ? _workers.SelectMany(pair => pair.Value.Members)
            : _activations.Select(pair => pair.Value);

    /// <summary>
    /// The activation that a call to this key goes to, made if there is none; null when the engine has stopped.
    /// </summary>
    public Activation? Find(string key)
    {
        if (WorkersMax > 0)
            return _workers.GetOrAdd(key, static (k, kind) => new WorkerPool(kind, k), this).Pick();
        if (_activations.TryGetValue(key, out var found))
            return found;
        if (Engine.HasStopped)
            return null;
        var made = new Activation(this, key);
        found = _activations.GetOrAdd(key, made);
        if (ReferenceEquals(found, made))
            made.Start(mayInline: true);
        return found;
    }

    public Grain CreateInstance(Activation activation) => _constructor.Create(activation);

    public void CountActivation(int change) => Interlocked.Add(ref _count, change);

    public void Remove(Activation activation)
    {
        if (WorkersMax > 0)
            _workers[activation.Key].Remove(activation);
        else
            _activations.TryRemove(new KeyValuePair<string, Activation>(activation.Key, activation));
    }

    /// <summary>Puts a successor in the place of an activation that goes.</summary>
    public Activation Succeed(Activation activation, Activation successor)
    {
        if (WorkersMax > 0)
            _workers[activation.Key].Replace(activation, successor);
        else
            _activations[activation.Key] = successor;
        return successor;
    }

    public void Collect(long unusedSince, long now)
    {
        if (KeepAlive)
            return;
        foreach (var activation in Activations)
            activation.Collect(unusedSince, now);
    }

    public override string ToString() => Name;

    private static string DefaultName(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.EndsWith(ClassSuffix) && name.Length > ClassSuffix.Length ? name[..^ClassSuffix.Length] : name;
    }
}
