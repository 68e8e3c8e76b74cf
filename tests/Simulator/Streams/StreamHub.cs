using GridMesh.Simulator.Calls;
using GridMesh.Simulator.Turns;
using Orleans.Serialization;
using Orleans.Streams;

namespace GridMesh.Simulator.Streams;

/// <summary>
/// Streams from grains to clients outside: nothing is kept, each listener hears one item after the other. Listeners
/// outlive a crash.
/// </summary>
internal sealed class StreamHub(string name, Network network, TurnLoop loop, DeepCopier copier) : IStreamProvider
{
    private readonly Dictionary<StreamId, List<object>> _listeners = [];

    public string Name => name;

    public bool IsRewindable => false;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new SimulatedStream<T>(this, streamId);

    public void Publish<T>(StreamId stream, T item)
    {
        if (!_listeners.TryGetValue(stream, out var listeners))
            return;

        var message = new Message("stream", stream.GetKeyAsString(), stream.GetNamespace()!, true);
        foreach (var listener in listeners.OfType<Listener<T>>().ToArray())
            network.Carry(message with { Item = item }, (sent, _) => listener.Hear(copier.Copy((T)sent.Item!)!));
    }

    public StreamSubscriptionHandle<T> Subscribe<T>(StreamId stream, IAsyncObserver<T> observer)
    {
        var listener = new Listener<T>(observer, new Lane(loop));
        (_listeners.TryGetValue(stream, out var listeners) ? listeners : _listeners[stream] = listeners = [])
            .Add(listener);
        return new SimulatedSubscription<T>(name, stream, () => listeners.Remove(listener));
    }

    private sealed class Listener<T>(IAsyncObserver<T> observer, Lane lane)
    {
        private readonly Queue<T> _items = [];
        private bool _isHearing;

        public void Hear(T item)
        {
            _items.Enqueue(item);
            lane.Post(() => _ = HearAllAsync());
        }

        private async Task HearAllAsync()
        {
            if (_isHearing)
                return;

            _isHearing = true;
            while (_items.TryDequeue(out var item))
            {
                try
                {
                    await observer.OnNextAsync(item);
                }
                catch (Exception e)
                {
                    await observer.OnErrorAsync(e);
                }
            }

            _isHearing = false;
        }
    }
}
