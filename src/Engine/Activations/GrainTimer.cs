using GridMesh.Engine.Calls;
using Orleans.Runtime;

namespace GridMesh.Engine.Activations;

/// <summary>
/// A timer of a grain: each tick is a request of its own to the activation, and the next period begins when it ends.
/// </summary>
internal sealed class GrainTimer : IGrainTimer
{
    private static readonly TimeSpan SpanMax = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly CallTraits _traits;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ITimer _timer;
    private TimeSpan _period;
    private int _changes;
    private int _ticking;
    private int _changesWhenDue;
    private int _isOwed;

    public GrainTimer(
        Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, nameof(options.DueTime));
        Check(options.Period, nameof(options.Period));
        _activation = activation;
        _callback = callback;
        _period = options.Period;
        _traits = CallTraits.OneWay | CallTraits.Local
            | (options.Interleave ? CallTraits.AlwaysInterleave : CallTraits.None)
            | (options.KeepAlive ? CallTraits.None : CallTraits.Unused);
        // The timer outlives the request that made it and must not keep that request's async-local values.
        using var suppressed = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = activation.Kind.Engine.Time.CreateTimer(
            static timer => ((GrainTimer)timer!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        _period = period;
        Interlocked.Increment(ref _changes);
        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested)
            return;
        _timer.Dispose();
        _disposed.Cancel();
        _activation.RemoveTimer(this);
    }

    private static void Check(TimeSpan span, string name)
    {
        if (span != Timeout.InfiniteTimeSpan && (span < TimeSpan.Zero || span > SpanMax))
            throw new ArgumentOutOfRangeException(name, span, $"Zero to {SpanMax}, or infinite.");
    }

    private void Due()
    {
        // Grains that are called while the engine stops come up once more, with timers: they would go on for ever.
        if (_activation.Kind.Engine.IsStopping)
            return;

        // Change may set the clock while a tick waits for its turn or runs. Ticks of one timer never pile up, but what
        // Change has asked for is not lost: it follows when this tick ends.
        Volatile.Write(ref _isOwed, 1);
        if (Interlocked.Exchange(ref _ticking, 1) == 1)
            return;
        Volatile.Write(ref _isOwed, 0);
        _changesWhenDue = Volatile.Read(ref _changes);
        var request = new Request<TickCall, Nothing>(new TickCall(this), _traits);
        if (_activation.Receive(request) != Activation.Receipt.Accepted)
            Rearm(_changesWhenDue);
    }

    private async ValueTask<Nothing> TickAsync()
    {
        var changes = _changesWhenDue;
        try
        {
            if (!_disposed.IsCancellationRequested)
                await _callback(_disposed.Token);
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // The timer was disposed under the callback, which noticed: that is no fault.
        }
        finally
        {
            Rearm(changes);
        }

        return default;
    }

    private void Rearm(int changesBefore)
    {
        Interlocked.Exchange(ref _ticking, 0);
        if (_disposed.IsCancellationRequested)
            return;
        if (Volatile.Read(ref _changes) == changesBefore)
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
        else if (Volatile.Read(ref _isOwed) == 1)
            Due();
    }

    private readonly struct TickCall(GrainTimer timer) : ICall<Nothing>
    {
        private readonly GrainTimer _timer = timer;

        public ValueTask<Nothing> Invoke(object grain) => _timer.TickAsync();
    }
}
