namespace GridMesh.Simulator.Time;

/// <summary>
/// A clock that moves only when it is told to, from timer to timer. At each moment whatever is due is done to the end
/// before time goes on. The wall clock can be stepped without any timer moving, as a real one is by its operator.
/// </summary>
public sealed class SimulatedClock : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly SortedSet<SimulatedTimer> _timers = new(new ByDue());
    private readonly List<Func<bool>> _rests = [];
    private long _ticks;
    private long _made;
    private TimeSpan _stepped;
    private bool _isMoving;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer fires; null when there is none.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_gate)
            {
                return _timers.Min is { } next ? s_start.AddTicks(next.Due) + _stepped : null;
            }
        }
    }

    /// <summary>Timers of one moment are told one after the other; what they start waits until all are.</summary>
    internal bool IsFiring { get; private set; }

    /// <summary>How far the wall clock was stepped away from the time that has passed.</summary>
    public TimeSpan Stepped => _stepped;

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(Volatile.Read(ref _ticks)) + _stepped;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, () => callback(state), Interlocked.Increment(ref _made));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass; nothing that is due by then is left undone.</summary>
    public void Advance(TimeSpan span)
    {
        if (_isMoving)
            throw new InvalidOperationException("time stands still while something is done");

        _isMoving = true;
        try
        {
            var end = _ticks + Math.Max(0, span.Ticks);
            do
            {
                Rest();
            }
            while (FireNext(end));
            Volatile.Write(ref _ticks, end);
        }
        finally
        {
            _isMoving = false;
        }
    }

    /// <summary>Lets time pass up to a moment of the wall clock; one that is past changes nothing.</summary>
    public void AdvanceTo(DateTimeOffset moment) => Advance(moment - GetUtcNow());

    /// <summary>The wall clock is set forwards or backwards. No timer notices.</summary>
    public void Step(TimeSpan by) => _stepped += by;

    /// <summary>What has to come to rest before time goes on; true when it had something to do.</summary>
    internal void WhenMoving(Func<bool> rest) => _rests.Add(rest);

    internal void Forget(Func<bool> rest) => _rests.Remove(rest);

    private void Rest()
    {
        bool any;
        do
        {
            any = false;
            foreach (var rest in _rests.ToArray())
                any |= rest();
        }
        while (any);
    }

    /// <summary>Moves to the next moment and fires what is due then; false when there is none before the end.</summary>
    private bool FireNext(long end)
    {
        if (Peek() is not { } moment || moment > end)
            return false;

        Volatile.Write(ref _ticks, Math.Max(_ticks, moment));
        IsFiring = true;
        while (TakeDue() is { } timer)
            timer.Callback();

        IsFiring = false;
        return true;
    }

    private long? Peek()
    {
        lock (_gate)
        {
            return _timers.Min?.Due;
        }
    }

    private SimulatedTimer? TakeDue()
    {
        lock (_gate)
        {
            if (_timers.Min is not { } next || next.Due > _ticks)
                return null;

            _timers.Remove(next);
            if (next.Period > 0)
            {
                next.Due += next.Period;
                _timers.Add(next);
            }

            return next;
        }
    }

    /// <summary>Timers of one moment in the order in which they were made.</summary>
    private sealed class ByDue : IComparer<SimulatedTimer>
    {
        public int Compare(SimulatedTimer? x, SimulatedTimer? y) => (x!.Due, x.Made).CompareTo((y!.Due, y.Made));
    }

    private sealed class SimulatedTimer(SimulatedClock clock, Action callback, long made) : ITimer
    {
        public long Made => made;

        public Action Callback { get; } = callback;

        public long Due { get; set; }

        public long Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    (Due, Period) = (clock._ticks + dueTime.Ticks, period.Ticks);
                    clock._timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
