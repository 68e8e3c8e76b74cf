using GridMesh.Engine.Activations;
using GridMesh.Engine.Calls;
using Orleans;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace GridMesh.Engine.Streams;

/// <summary>
/// A grain that gets a stream, each item as a request of its own. The subscription belongs to the grain, the observer
/// to its activation: a new activation has to put one in place again.
/// </summary>
internal sealed class GrainSubscription(SubscriptionKey subscription, GrainKind kind, string grainKey)
    : Subscription(subscription)
{
    private Activation? _receiver;

    public GrainKind Kind { get; } = kind;

    public string GrainKey { get; } = grainKey;

    public override void Enqueue<T>(in StreamSignal<T> signal)
    {
        var request = new Request<SignalCall<T>, Nothing>(
            new SignalCall<T>(this, signal), CallTraits.OneWay | CallTraits.Next)
        {
            Context = ExecutionContext.Capture(),
        };
        // A full mailbox is counted and logged where it refuses; the producer is not held up by one slow subscriber.
        _receiver = Kind.Engine.Deliver(Kind, GrainKey, request, Kind.WorkersMax > 0 ? null : _receiver);
    }

    private ValueTask<Nothing> Receive<T>(Grain grain, StreamSignal<T> signal)
    {
        if (Ended)
            return default;
        if (Observer<T>(grain) is { } observer)
            return new VoidCall<GiveCall<T>>(new GiveCall<T>(signal, observer)).Invoke(grain);
        return ResumeThenReceiveAsync(grain, signal);
    }

    private async ValueTask<Nothing> ResumeThenReceiveAsync<T>(Grain grain, StreamSignal<T> signal)
    {
        if (grain is IStreamSubscriptionObserver subscriber)
            await subscriber.OnSubscribed(new HandleFactory(this, grain.Runtime));
        var observer = Observer<T>(grain) ?? grain as IAsyncObserver<T>;
        if (observer is null)
            Kind.Engine.Streams.Drop(Key.Stream.Id, "the grain has no observer for it");
        else if (!Ended)
            await signal.GiveTo(observer);
        return default;
    }

    private IAsyncObserver<T>? Observer<T>(Grain grain) =>
        grain.Runtime.Extras.Observers?.GetValueOrDefault(Key) as IAsyncObserver<T>;

    private readonly struct SignalCall<T>(GrainSubscription subscription, StreamSignal<T> signal) : ICall<Nothing>
    {
        private readonly GrainSubscription _subscription = subscription;
        private readonly StreamSignal<T> _signal = signal;

        public ValueTask<Nothing> Invoke(object grain) => _subscription.Receive((Grain)grain, _signal);
    }

    private readonly struct GiveCall<T>(StreamSignal<T> signal, IAsyncObserver<T> observer) : ICall
    {
        private readonly StreamSignal<T> _signal = signal;
        private readonly IAsyncObserver<T> _observer = observer;

        public ValueTask Invoke(object grain) => new(_signal.GiveTo(_observer));
    }
}
