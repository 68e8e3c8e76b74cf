using GridMesh.Simulator.Calls;
using GridMesh.Simulator.Timers;
using Orleans.Core;
using Orleans.Timers;

namespace GridMesh.Simulator.Grains;

/// <summary>What the base class of all grains asks of whoever runs it.</summary>
internal sealed class SimulatedRuntime(SimulatedSilo silo, IGrainFactory factory) : IGrainRuntime
{
    public string SiloIdentity => "simulated";

    public SiloAddress SiloAddress => SiloAddress.Zero;

    public IGrainFactory GrainFactory => factory;

    public ITimerRegistry TimerRegistry { get; } = new TimerRegistry();

    public IServiceProvider ServiceProvider => silo.Services;

    public TimeProvider TimeProvider => silo.Time;

    public void DeactivateOnIdle(IGrainContext grainContext) => ((Activation)grainContext).GoOnIdle();

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) =>
        ((Activation)grainContext).KeepFor(timeSpan);

    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext) =>
        throw new NotSupportedException("state comes by the constructor");
}
