using Orleans.Streams;

namespace GridMesh.Simulator.Streams;

internal sealed class SimulatedStream<T>(StreamHub hub, StreamId id) : IAsyncStream<T>
{
    public bool IsRewindable => false;

    public string ProviderName => hub.Name;

    public StreamId StreamId => id;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        hub.Publish(id, item);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        foreach (var item in batch)
            hub.Publish(id, item);

        return Task.CompletedTask;
    }

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) =>
        Task.FromResult(hub.Subscribe(id, observer));

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null) => SubscribeAsync(observer);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer) => throw Unused();

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncBatchObserver<T> observer, StreamSequenceToken? token) =>
        throw Unused();

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() => throw Unused();

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.StreamId == id;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => id.GetHashCode();

    public int CompareTo(IAsyncStream<T>? other) => id.CompareTo(other!.StreamId);

    private static NotSupportedException Unused() => new("no part of the product does this with a stream");
}

internal sealed class SimulatedSubscription<T>(
    string provider, StreamId stream, Action end) : StreamSubscriptionHandle<T>
{
    public override StreamId StreamId => stream;

    public override string ProviderName => provider;

    public override Guid HandleId { get; } = Guid.NewGuid();

    public override Task UnsubscribeAsync()
    {
        end();
        return Task.CompletedTask;
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token = null) => throw new NotSupportedException();

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(
        IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null) => throw new NotSupportedException();

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other?.HandleId == HandleId;
}
