using GridMesh.Grains.Clocks;
using Orleans.Runtime;

namespace GridMesh.Grains.Live;

/// <summary>
/// Runs a grain's flush at once when it has been quiet for the interval, else once at the end of it: the first change
/// is not delayed, the many after it are one. News has a shorter interval than what only moves.
/// </summary>
internal sealed class Pacer
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _newsInterval;
    private readonly Func<Task> _flush;
    private readonly IGrainTimer _timer;
    private long _lastAt;
    private TimeSpan? _armedFor;

    /// <param name="newsInterval">Not longer than <paramref name="interval"/>; where it is, that one counts.</param>
    public Pacer(Grain grain, TimeProvider time, TimeSpan interval, TimeSpan newsInterval, Func<Task> flush)
    {
        (_time, _interval, _flush) = (time, interval, flush);
        _newsInterval = newsInterval < interval ? newsInterval : interval;
        _lastAt = time.GetTimestamp() - (long)(interval.TotalSeconds * time.TimestampFrequency) - 1;
        _timer = grain.RegisterTurn(
            FlushAsync,
            new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = false });
    }

    /// <summary>Call after a change.</summary>
    public Task TouchAsync(bool isNews)
    {
        var interval = isNews ? _newsInterval : _interval;
        if (_armedFor <= interval)
            return Task.CompletedTask;

        var left = interval - _time.GetElapsedTime(_lastAt);
        if (left <= TimeSpan.Zero)
            return FlushAsync();

        _armedFor = interval;
        _timer.Change(left, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    private Task FlushAsync()
    {
        if (_armedFor is not null)
        {
            _armedFor = null;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _lastAt = _time.GetTimestamp();
        return _flush();
    }
}
