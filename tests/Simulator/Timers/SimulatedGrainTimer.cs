using GridMesh.Simulator.Grains;
using Orleans.Serialization.Invocation;

namespace GridMesh.Simulator.Timers;

/// <summary>
/// A grain's timer. As Orleans does it, a tick is a turn of the grain; the next one is counted from the end of the one
/// before, and a change while one is under way takes effect when it ends.
/// </summary>
internal sealed class SimulatedGrainTimer : IGrainTimer
{
    private readonly Activation _grain;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ITimer _timer;
    private TimeSpan _due;
    private TimeSpan _period;
    private bool _isTicking;
    private bool _isChanged;

    public SimulatedGrainTimer(
        Activation grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (_grain, _callback, _options) = (grain, callback, options);
        _timer = grain.Silo.Time.CreateTimer(
            _ => Due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Change(options.DueTime, options.Period);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        // What real timers refuse, 49.7 days, is refused here too.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime.TotalMilliseconds, uint.MaxValue - 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period.TotalMilliseconds, uint.MaxValue - 1);
        (_isChanged, _due, _period) = (true, dueTime, period);
        if (!_isTicking)
            Arm(dueTime);
    }

    public void Dispose()
    {
        if (!_cancellation.IsCancellationRequested)
        {
            _cancellation.Cancel();
            _timer.Dispose();
            _grain.Remove(this);
        }
    }

    private void Arm(TimeSpan due) => _timer.Change(
        due > TimeSpan.Zero ? due + _grain.Silo.Lateness() : due, Timeout.InfiniteTimeSpan);

    private void Due()
    {
        _isTicking = true;
        _grain.Receive(new GrainTurn(
            async () => await TickAsync(), _options.Interleave, _ => { }, null) { IsUse = _options.KeepAlive });
    }

    private async Task<Response> TickAsync()
    {
        _isChanged = false;
        try
        {
            await _callback(_cancellation.Token);
        }
        catch (Exception e)
        {
            _grain.Silo.Failed(e, $"{_grain} at a tick");
        }

        _isTicking = false;
        if (!_cancellation.IsCancellationRequested)
            Arm(_isChanged ? _due : _period);

        return Response.Completed;
    }
}
