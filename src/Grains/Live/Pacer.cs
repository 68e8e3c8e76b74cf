using Orleans.Runtime;

namespace GridMesh.Grains.Live;

/// <summary>
/// Runs a grain's flush at once when it has been quiet for the interval, else once at the end of it: the first change
/// is not delayed, the many after it are one.
/// </summary>
internal sealed class Pacer
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly Func<Task> _flush;
    private readonly IGrainTimer _timer;
    private long _lastAt;
    private bool _armed;

    public Pacer(Grain grain, TimeProvider time, TimeSpan interval, Func<Task> flush)
    {
        (_time, _interval, _flush) = (time, interval, flush);
        _lastAt = time.GetTimestamp() - (long)(interval.TotalSeconds * time.TimestampFrequency) - 1;
        _timer = grain.RegisterGrainTimer(
            _ => FlushAsync(),
            new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = false });
    }

    /// <summary>Call after a change.</summary>
    public Task TouchAsync()
    {
        if (_armed)
        {
            return Task.CompletedTask;
        }

        var left = _interval - _time.GetElapsedTime(_lastAt);
        if (left <= TimeSpan.Zero)
        {
            return FlushAsync();
        }

        _armed = true;
        _timer.Change(left, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    private Task FlushAsync()
    {
        _armed = false;
        _lastAt = _time.GetTimestamp();
        return _flush();
    }
}
