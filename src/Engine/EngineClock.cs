namespace GridMesh.Engine;

/// <summary>A coarse clock that costs a call nothing: the time as of the last tick of one timer.</summary>
internal sealed class EngineClock(TimeProvider time, TimeSpan callTimeout)
{
    private const int TicksPerCallTimeout = 20;
    private static readonly TimeSpan TickMin = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan TickMax = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _tick = Clamp(callTimeout / TicksPerCallTimeout);
    private long _now = time.GetTimestamp();
    private ITimer? _timer;

    /// <summary>
    /// The time as of the last tick, in units of the time provider; late by at most <see cref="Tick"/>.
    /// </summary>
    public long Now => Volatile.Read(ref _now);

    public long Tick => Span(_tick);

    public long Span(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    /// <summary>A point in time to come, exact.</summary>
    public long After(TimeSpan span) => time.GetTimestamp() + Span(span);

    public void Start(Action onTick)
    {
        Volatile.Write(ref _now, time.GetTimestamp());
        _timer = time.CreateTimer(
            _ =>
            {
                Volatile.Write(ref _now, time.GetTimestamp());
                onTick();
            },
            null,
            _tick,
            _tick);
    }

    public void Stop() => _timer?.Dispose();

    private static TimeSpan Clamp(TimeSpan tick) => tick < TickMin ? TickMin : tick > TickMax ? TickMax : tick;
}
