using GridMesh.Engine.Activations;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace GridMesh.Engine.Streams;

/// <summary>A subscription in the hands of its subscriber: a grain, or with no activation the client.</summary>
internal sealed class SubscriptionHandle<T>(StreamHub hub, Subscription subscription, Activation? owner)
    : StreamSubscriptionHandle<T>
{
    public override StreamId StreamId => subscription.Key.Stream.Id;

    public override string ProviderName => subscription.Key.Stream.Provider;

    public override Guid HandleId => subscription.Key.Id;

    /// <exception cref="NotSupportedException">A token was given: nothing is kept for those who come later.</exception>
    public static void RefuseRewind(StreamSequenceToken? token)
    {
        if (token is not null)
            throw new NotSupportedException("These streams keep no history, so nobody can start from a token.");
    }

    public override Task UnsubscribeAsync()
    {
        owner?.Extras.Observers?.Remove(subscription.Key);
        hub.Remove(subscription);
        return Task.CompletedTask;
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        RefuseRewind(token);
        Observe(observer);
        return Task.FromResult<StreamSubscriptionHandle<T>>(this);
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(
        IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null) =>
        ResumeAsync(new BatchObserver<T>(observer), token);

    /// <summary>Puts the observer in place: into the activation, or into the client's subscription.</summary>
    public void Observe(IAsyncObserver<T> observer)
    {
        if (owner is not null)
            (owner.Extras.Observers ??= [])[subscription.Key] = observer;
        else if (subscription is ClientSubscription<T> client)
            client.Observer = observer;
        else
            throw new InvalidOperationException($"This subscription does not take {typeof(T)}.");
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) =>
        other is not null && other.HandleId == HandleId && other.StreamId == StreamId
        && other.ProviderName == ProviderName;

    public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<T>);

    public override int GetHashCode() => subscription.Key.GetHashCode();
}

/// <summary>Gives a grain the handle of its own subscription.</summary>
internal sealed class HandleFactory(
    GrainSubscription subscription, Activation activation) : IStreamSubscriptionHandleFactory
{
    public StreamId StreamId => subscription.Key.Stream.Id;

    public string ProviderName => subscription.Key.Stream.Provider;

    public GuidId SubscriptionId => GuidId.GetGuidId(subscription.Key.Id);

    public StreamSubscriptionHandle<T> Create<T>() =>
        new SubscriptionHandle<T>(subscription.Kind.Engine.Streams, subscription, activation);
}
