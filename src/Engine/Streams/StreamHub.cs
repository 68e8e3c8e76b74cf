using System.Collections.Concurrent;
using GridMesh.Engine.Activations;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;

namespace GridMesh.Engine.Streams;

/// <summary>All streams of the process. A stream takes memory only while somebody has subscribed explicitly.</summary>
internal sealed class StreamHub(GrainEngine engine)
{
    private readonly ConcurrentDictionary<StreamName, Subscription[]> _explicit = new();
    private readonly ConcurrentDictionary<string, GrainKind[]> _implicit = new();
    private long _sequence;

    public GrainEngine Engine { get; } = engine;

    public EmbeddedStreamProvider Provider(string name, Activation? owner = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new EmbeddedStreamProvider(this, name, owner);
    }

    public EventSequenceTokenV2 NextToken() => new(Interlocked.Increment(ref _sequence));

    /// <param name="declared">What <see cref="Declared"/> says of this stream.</param>
    public void Publish<T>(StreamName stream, GrainSubscription[] declared, in StreamSignal<T> signal)
    {
        if (_explicit.TryGetValue(stream, out var subscriptions))
        {
            foreach (var subscription in subscriptions)
                subscription.Enqueue(signal);
        }

        foreach (var subscription in declared)
            subscription.Enqueue(signal);
    }

    /// <summary>The subscriptions that grain classes declare; they never change, so a publisher asks once.</summary>
    public GrainSubscription[] Declared(StreamName stream) =>
        [.. ImplicitKinds(stream.Id).Select(kind => Implicit(stream, kind))];

    public void Add(Subscription subscription) => _explicit.AddOrUpdate(
        subscription.Key.Stream,
        static (_, added) => [added],
        static (_, present, added) => [.. present, added],
        subscription);

    public void Remove(Subscription subscription)
    {
        subscription.Ended = true;
        var stream = subscription.Key.Stream;
        while (_explicit.TryGetValue(stream, out var present))
        {
            var rest = Array.FindAll(present, other => other != subscription);
            var done = rest.Length == 0
                ? _explicit.TryRemove(new KeyValuePair<StreamName, Subscription[]>(stream, present))
                : _explicit.TryUpdate(stream, rest, present);
            if (done)
                return;
        }
    }

    /// <summary>
    /// The subscription that the class of this grain declares for a stream of the grain's own key, or null.
    /// </summary>
    public GrainSubscription? ImplicitOf(StreamName stream, Activation activation) =>
        stream.Id.GetKeyAsString() == activation.Key && ImplicitKinds(stream.Id).Contains(activation.Kind)
            ? Implicit(stream, activation.Kind)
            : null;

    /// <summary>The explicit subscriptions of a grain, or with null those of the client.</summary>
    public IEnumerable<Subscription> ExplicitOf(StreamName stream, Activation? activation) =>
        _explicit.GetValueOrDefault(stream, []).Where(subscription => activation is null
            ? subscription is not GrainSubscription
            : subscription is GrainSubscription own && own.Kind == activation.Kind && own.GrainKey == activation.Key);

    public void Drop(StreamId stream, string why)
    {
        Engine.Stats.StreamDropCount.Increment();
        EngineLog.ItemDropped(Engine.Log, stream, why);
    }

    private static GrainSubscription Implicit(StreamName stream, GrainKind kind) =>
        new(new SubscriptionKey(stream, Guid.Empty), kind, stream.Id.GetKeyAsString());

    private GrainKind[] ImplicitKinds(StreamId stream) => _implicit.GetOrAdd(
        stream.GetNamespace() ?? "",
        static (ns, hub) => hub.Engine.Kinds
            .Where(kind => kind.ImplicitStreams.Any(attribute => attribute.Predicate.IsMatch(ns)))
            .ToArray(),
        this);
}
