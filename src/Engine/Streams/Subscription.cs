using Orleans.Runtime;

namespace GridMesh.Engine.Streams;

/// <summary>A stream of a provider.</summary>
internal readonly record struct StreamName(string Provider, StreamId Id);

/// <summary>
/// Names a subscription; an implicit one has the empty id, since a grain has only one to each stream.
/// </summary>
internal readonly record struct SubscriptionKey(StreamName Stream, Guid Id);

/// <summary>Somebody who gets what is put on a stream.</summary>
internal abstract class Subscription(SubscriptionKey key)
{
    public SubscriptionKey Key { get; } = key;

    /// <summary>Unsubscribed: what is still on its way is dropped.</summary>
    public bool Ended { get; set; }

    /// <summary>Puts a signal into the queue of the subscriber and does not wait for more.</summary>
    public abstract void Enqueue<T>(in StreamSignal<T> signal);
}
