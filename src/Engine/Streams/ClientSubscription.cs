using Orleans.Streams;

namespace GridMesh.Engine.Streams;

/// <summary>An observer outside the grains: it gets its items in order, one at a time, on the pool.</summary>
internal sealed class ClientSubscription<TItem>(SubscriptionKey key, GrainEngine engine, IAsyncObserver<TItem> observer)
    : Subscription(key), IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<StreamSignal<TItem>> _queue = new();
    private bool _pumping;

    public IAsyncObserver<TItem> Observer { get; set; } = observer;

    public override void Enqueue<T>(in StreamSignal<T> signal)
    {
        if (this is ClientSubscription<T> typed)
            typed.Add(signal);
        else
            engine.Streams.Drop(Key.Stream.Id, $"the observer takes {typeof(TItem)}, not {typeof(T)}");
    }

    public void Execute() => _ = PumpAsync();

    private void Add(in StreamSignal<TItem> signal)
    {
        lock (_gate)
        {
            if (_queue.Count < engine.Options.StreamQueueMax)
            {
                _queue.Enqueue(signal);
                if (_pumping)
                    return;
                _pumping = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
                return;
            }
        }

        engine.Streams.Drop(Key.Stream.Id, $"{nameof(EngineOptions.StreamQueueMax)} items wait for the observer");
    }

    private async Task PumpAsync()
    {
        while (true)
        {
            StreamSignal<TItem> signal;
            lock (_gate)
            {
                if (!_queue.TryDequeue(out signal))
                {
                    _pumping = false;
                    return;
                }
            }

            try
            {
                if (!Ended)
                    await signal.GiveTo(Observer);
            }
            catch (Exception exception)
            {
                // One bad item must not end the subscription; counted and logged.
                engine.Stats.TurnExceptionCount.Increment();
                EngineLog.ObserverFailed(engine.Log, exception, Key.Stream.Id);
            }
        }
    }
}
