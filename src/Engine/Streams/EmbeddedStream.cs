using GridMesh.Engine.Activations;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Engine.Streams;

/// <summary>The streams of one provider name, as seen by one grain or by the client.</summary>
internal sealed class EmbeddedStreamProvider(StreamHub hub, string name, Activation? owner) : IStreamProvider
{
    public string Name { get; } = name;

    public bool IsRewindable => false;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) =>
        new EmbeddedStream<T>(hub, new StreamName(Name, streamId), owner);
}

/// <summary>A stream, as seen by one grain or by the client.</summary>
internal sealed class EmbeddedStream<T>(StreamHub hub, StreamName name, Activation? owner) : IAsyncStream<T>
{
    private GrainSubscription[]? _declared;

    public bool IsRewindable => false;

    public string ProviderName => name.Provider;

    public StreamId StreamId => name.Id;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        Publish(StreamSignal<T>.Next(item, token ?? hub.NextToken()));
        return Task.CompletedTask;
    }

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        foreach (var item in batch)
            Publish(StreamSignal<T>.Next(item, token ?? hub.NextToken()));
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync()
    {
        Publish(StreamSignal<T>.Completed);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        Publish(StreamSignal<T>.Error(ex));
        return Task.CompletedTask;
    }

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = owner is null
            ? new ClientSubscription<T>(NewKey(), hub.Engine, observer)
            : hub.ImplicitOf(name, owner) ?? (Subscription)new GrainSubscription(NewKey(), owner.Kind, owner.Key);
        var handle = new SubscriptionHandle<T>(hub, subscription, owner);
        handle.Observe(observer);
        if (subscription.Key.Id != Guid.Empty)
            hub.Add(subscription);
        return Task.FromResult<StreamSubscriptionHandle<T>>(handle);
    }

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        SubscriptionHandle<T>.RefuseRewind(token);
        return SubscribeAsync(observer);
    }

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer) =>
        SubscribeAsync(new BatchObserver<T>(observer));

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncBatchObserver<T> observer, StreamSequenceToken? token) =>
        SubscribeAsync(new BatchObserver<T>(observer), token);

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles()
    {
        var subscriptions = hub.ExplicitOf(name, owner);
        if (owner is not null && hub.ImplicitOf(name, owner) is { } own)
            subscriptions = subscriptions.Append(own);
        return Task.FromResult<IList<StreamSubscriptionHandle<T>>>(
            [.. subscriptions.Select(subscription => new SubscriptionHandle<T>(hub, subscription, owner))]);
    }

    public bool Equals(IAsyncStream<T>? other) =>
        other is not null && other.StreamId == StreamId && other.ProviderName == ProviderName;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => name.GetHashCode();

    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : StreamId.CompareTo(other.StreamId);

    private void Publish(in StreamSignal<T> signal) =>
        hub.Publish(name, _declared ??= hub.Declared(name), signal);

    private SubscriptionKey NewKey() => new(name, Guid.NewGuid());
}
