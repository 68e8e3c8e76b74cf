using GridMesh.Simulator.Grains;
using Orleans.Timers;

namespace GridMesh.Simulator.Timers;

internal sealed class TimerRegistry : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state,
        GrainTimerCreationOptions options)
    {
        var grain = (Activation)grainContext;
        var timer = new SimulatedGrainTimer(grain, cancellation => callback(state, cancellation), options);
        grain.Add(timer);
        return timer;
    }

    public IDisposable RegisterTimer(
        IGrainContext grainContext, Func<object?, Task> callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("the old timers of Orleans");
}
