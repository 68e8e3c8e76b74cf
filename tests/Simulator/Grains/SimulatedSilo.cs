using GridMesh.Simulator.Calls;
using GridMesh.Simulator.Reminders;
using GridMesh.Simulator.State;
using GridMesh.Simulator.Turns;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using Orleans.Streams;
using Orleans.Timers;

namespace GridMesh.Simulator.Grains;

/// <summary>A process with grains in it: what it holds is lost when it crashes.</summary>
internal sealed class SimulatedSilo
{
    private readonly Simulation _world;
    private readonly Dictionary<GrainId, Activation> _activations = [];
    private readonly ServiceProvider _services;
    private readonly ReminderService _reminders;
    private readonly ITimer _collector;

    public SimulatedSilo(Simulation world, References references, IClusterClient client, IStreamProvider streams)
    {
        (_world, References) = (world, references);
        _reminders = new ReminderService(this, world.Reminders);
        var services = new ServiceCollection().AddLogging().AddOptions();
        world.Settings.Services(services);
        services.AddSingleton<TimeProvider>(world.Time);
        services.AddSingleton<IGrainRuntime>(new SimulatedRuntime(this, client));
        services.AddSingleton<IGrainFactory>(client).AddSingleton(client);
        services.AddSingleton<IReminderRegistry>(_reminders);
        services.AddKeyedSingleton(streams.Name, streams);
        services.AddSingleton(provider => provider.GetRequiredService<IGrainRuntime>().TimerRegistry);
        _services = services.BuildServiceProvider();
        _reminders.Start();
        var round = world.Settings.CollectionAge / 4;
        _collector = world.Time.CreateTimer(_ => Collect(), null, round, round);
    }

    public GeneratedCode Code => _world.Code;

    public DeepCopier Copier => _world.Code.Copier;

    public TurnLoop Loop => _world.Loop;

    public TimeProvider Time => _world.Time;

    public StateTable States => _world.States;

    public References References { get; }

    public IServiceProvider Services => _services;

    public IReadOnlyCollection<Activation> Activations => _activations.Values;

    /// <summary>How much later than asked a timer goes off.</summary>
    public TimeSpan Lateness() => _world.TimerLateness?.Invoke() ?? TimeSpan.Zero;

    public void Failed(Exception exception, string what) => _world.Failed(exception, what);

    public void Deliver(GrainId target, Message message, Action<Response> answer)
    {
        var grain = Find(target);
        var request = message.Request!;
        grain.Receive(new GrainTurn(
            () =>
            {
                request.SetTarget(grain);
                return request.Invoke();
            },
            grain.Kind.Interleaves(request.GetMethod()), answer, () => _world.Deliver(target, message, answer)));
    }

    public void Remove(Activation grain) => _activations.Remove(grain.GrainId);

    /// <summary>All memory is lost, in the middle of whatever was done.</summary>
    public void Die()
    {
        _collector.Dispose();
        _reminders.Stop();
        var cause = new SiloUnavailableException("the silo has crashed");
        foreach (var grain in _activations.Values.ToArray())
            grain.Die(cause);

        _services.Dispose();
    }

    private Activation Find(GrainId id)
    {
        if (!_activations.TryGetValue(id, out var grain))
        {
            var kind = Code.Kinds.Single(kind => kind.GrainType == id.Type);
            _activations[id] = grain = new Activation(this, kind, id);
            grain.Wake();
        }

        return grain;
    }

    private void Collect() => Loop.Together(() =>
    {
        foreach (var grain in _activations.Values)
            grain.Collect(_world.Settings.CollectionAge);
    });
}
