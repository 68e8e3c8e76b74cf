using GridMesh.Simulator.Grains;
using Orleans.Serialization.Invocation;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace GridMesh.Simulator.Streams;

/// <summary>A grain that hears a stream because its class says so.</summary>
internal sealed class ImplicitListener<T>(string provider, StreamId stream) : IStreamSubscriptionHandleFactory
{
    private IAsyncObserver<T>? _observer;

    public StreamId StreamId => stream;

    public string ProviderName => provider;

    public GuidId SubscriptionId => throw new NotSupportedException();

    public static async ValueTask<Response> HearAsync(Activation grain, string provider, StreamId stream, T item)
    {
        if (grain.GetComponent(typeof(ImplicitListener<T>)) is not ImplicitListener<T> listener)
        {
            listener = new ImplicitListener<T>(provider, stream);
            grain.SetComponent(listener);
            await ((IStreamSubscriptionObserver)grain.Instance!).OnSubscribed(listener);
        }

        await listener._observer!.OnNextAsync(item);
        return Response.Completed;
    }

    public StreamSubscriptionHandle<TItem> Create<TItem>() =>
        (StreamSubscriptionHandle<TItem>)(object)new Handle(this);

    private sealed class Handle(ImplicitListener<T> listener) : StreamSubscriptionHandle<T>
    {
        public override StreamId StreamId => listener.StreamId;

        public override string ProviderName => listener.ProviderName;

        public override Guid HandleId => Guid.Empty;

        public override Task UnsubscribeAsync() => throw new NotSupportedException();

        public override Task<StreamSubscriptionHandle<T>> ResumeAsync(
            IAsyncObserver<T> observer, StreamSequenceToken? token = null)
        {
            listener._observer = observer;
            return Task.FromResult<StreamSubscriptionHandle<T>>(this);
        }

        public override Task<StreamSubscriptionHandle<T>> ResumeAsync(
            IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null) => throw new NotSupportedException();

        public override bool Equals(StreamSubscriptionHandle<T>? other) => ReferenceEquals(this, other);
    }
}
