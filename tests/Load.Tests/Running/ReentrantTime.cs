namespace GridMesh.Load.Tests.Running;

/// <summary>
/// A clock that moves only when a test moves it, also from within a timer that fires: a machine that is busy.
/// FakeTimeProvider goes astray there.
/// </summary>
public sealed class ReentrantTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly SortedSet<FakeTimer> _timers = new(new ByDue());
    private long _made;
    private DateTimeOffset _now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state), Interlocked.Increment(ref _made));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Fires every timer at its own moment, in order, on the calling thread.</summary>
    public void Advance(TimeSpan span)
    {
        var end = GetUtcNow() + span;
        while (TakeDue(end) is { } timer)
            timer.Callback();
        lock (_lock)
            _now = end;
    }

    private FakeTimer? TakeDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            if (_timers.Min is not { } next || next.Due > end)
                return null;
            _timers.Remove(next);
            if (next.Due > _now)
                _now = next.Due;
            if (next.Period > TimeSpan.Zero)
            {
                next.Due += next.Period;
                _timers.Add(next);
            }

            return next;
        }
    }

    /// <summary>Timers of one moment in the order in which they were made.</summary>
    private sealed class ByDue : IComparer<FakeTimer>
    {
        public int Compare(FakeTimer? x, FakeTimer? y) => (x!.Due, x.Made).CompareTo((y!.Due, y.Made));
    }

    private sealed class FakeTimer(ReentrantTime time, Action callback, long made) : ITimer
    {
        public long Made => made;

        public Action Callback { get; } = callback;

        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            // What the system's timers refuse, 49.7 days, is refused here too.
            ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime.TotalMilliseconds, uint.MaxValue - 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(period.TotalMilliseconds, uint.MaxValue - 1);
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime < TimeSpan.Zero)
                    return true;
                Due = time._now + dueTime;
                Period = period;
                time._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
