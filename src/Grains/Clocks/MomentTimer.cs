using Orleans.Runtime;

namespace GridMesh.Grains.Clocks;

/// <summary>
/// A timer of a grain for one moment, however far away it is. The timers beneath take 49.7 days at most, so a far one
/// is gone towards in steps; a tick before the moment only takes the next one.
/// </summary>
internal sealed class MomentTimer
{
    /// <summary>Well below what a timer takes; a tick in a week costs nothing.</summary>
    private static readonly TimeSpan s_stepMax = TimeSpan.FromDays(7);

    private readonly TimeProvider _time;
    private readonly Func<Task> _callback;
    private readonly Action<TimeSpan>? _stay;
    private readonly IGrainTimer _timer;
    private DateTimeOffset _moment;

    /// <param name="stay">
    /// Keeps the grain awake for a while, until the moment or the next step to it; null where it is never idle.
    /// </param>
    public MomentTimer(
        Grain grain, TimeProvider time, Func<Task> callback, Action<TimeSpan>? stay = null, bool interleave = false)
    {
        (_time, _callback, _stay) = (time, callback, stay);
        _timer = grain.RegisterTurn(
            TickAsync,
            new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
            {
                Interleave = interleave,
            });
    }

    /// <summary>For this moment, in place of any other; for one that is over, at once.</summary>
    public void Arm(DateTimeOffset moment)
    {
        _moment = moment;
        var left = moment - _time.GetUtcNow();
        left = left <= TimeSpan.Zero ? TimeSpan.Zero : left < s_stepMax ? left : s_stepMax;
        _timer.Change(left, Timeout.InfiniteTimeSpan);
        _stay?.Invoke(left);
    }

    public void Arm(TimeSpan left) => Arm(_time.GetUtcNow() + left);

    private Task TickAsync()
    {
        if (_moment <= _time.GetUtcNow())
            return _callback();

        Arm(_moment);
        return Task.CompletedTask;
    }
}
