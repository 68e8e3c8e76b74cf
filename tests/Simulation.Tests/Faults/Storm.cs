using GridMesh.Contracts.Storage;
using GridMesh.Product.Fixture.Simulated;
using GridMesh.Simulator.Calls;

namespace GridMesh.Simulation.Tests.Faults;

/// <summary>
/// Everything that can go wrong, by a seed: messages, the store, timers, grains that die in the middle of a turn. Only
/// while it blows; how hard it blows is the seed's choice too.
/// </summary>
internal sealed class Storm : IStorm
{
    private const double TurnsUntilDeath = 3_000;

    /// <summary>As the keeper of the tree does in a cluster: who died is called, and so wakes.</summary>
    private static readonly TimeSpan s_keepEvery = TimeSpan.FromSeconds(15);

    private readonly MeshSim _sim;
    private readonly Random _random;
    private readonly Action<string> _log;
    private readonly double _force;

    public Storm(MeshSim sim, int seed, Action<string> log)
    {
        (_sim, _random, _log) = (sim, new Random(seed), log);
        _force = _random.NextDouble();
        sim.Journal.Storm = this;
        sim.World.Fates = FateOf;
        sim.World.TimerLateness = () => Chance(0.1) ? Milliseconds(100) : TimeSpan.Zero;
        sim.World.BeforeTurn = Strike;
        sim.Time.CreateTimer(_ => _ = sim.World.Begin(KeepAsync), null, s_keepEvery, s_keepEvery);
        sim.World.States.Before = async () =>
        {
            if (await BeforeAsync(isWrite: false) != Weather.Fine)
                throw new StorageUnavailableException("the weather is bad");
        };
    }

    public bool IsOn { get; set; }

    public async ValueTask<Weather> BeforeAsync(bool isWrite)
    {
        if (!IsOn)
            return Weather.Fine;

        await PauseAsync();
        var weather = Chance(0.05) ? Weather.Down : isWrite && Chance(0.03) ? Weather.Uncertain : Weather.Fine;
        if (weather != Weather.Fine)
            _log($"the store is {weather}");

        return weather;
    }

    public ValueTask AfterAsync() => IsOn ? PauseAsync() : ValueTask.CompletedTask;

    private async ValueTask PauseAsync()
    {
        if (Chance(0.3))
            await Task.Delay(Milliseconds(50), _sim.Time);
    }

    private Fate FateOf(Message message)
    {
        if (!IsOn)
            return Fate.Arrives;

        var dice = _random.NextDouble() / _force;
        var fate = message.IsOneWay
            ? dice < 0.1 ? Fate.Lost : dice < 0.2 ? Fate.Doubled : dice < 0.4 ? Fate.Late(Milliseconds(3_000))
                : Fate.Arrives
            : dice < 0.01 ? Fate.Lost : dice < 0.02 ? Fate.Unanswered : dice < 0.1 ? Fate.Late(Milliseconds(500))
                : Fate.Arrives;
        if (fate != Fate.Arrives)
            _log($"{message} {fate}");

        return fate;
    }

    /// <summary>Now and then somebody dies, in the middle of whatever it does.</summary>
    private void Strike()
    {
        if (!IsOn || !Chance(1 / TurnsUntilDeath))
            return;

        if (_random.Next(3) > 0)
        {
            _log($"{_sim.World.KillOne(_random)} dies");
            return;
        }

        var down = Milliseconds(30_000);
        _log($"the silo crashes, for {down}");
        _sim.World.Crash();
        _sim.Time.CreateTimer(
            _ =>
            {
                _sim.World.Restart();
                _log("the silo is up");
                _ = _sim.World.Begin(WakeAsync);
            },
            null, down, Timeout.InfiniteTimeSpan);
    }

    private async Task KeepAsync()
    {
        foreach (var area in FaultDistrict.Data.Areas)
        {
            try
            {
                await _sim.SummaryAsync(area.Code.Value);
            }
            catch (Exception e) when (FaultRun.IsFault(e))
            {
                _log($"{area.Code} was not woken: {e.Message}");
            }
        }
    }

    private async Task WakeAsync()
    {
        try
        {
            await _sim.SummaryAsync();
        }
        catch (Exception e) when (FaultRun.IsFault(e))
        {
            _log($"nobody woke: {e.Message}");
        }
    }

    private bool Chance(double likely) => IsOn && _random.NextDouble() < likely * _force * 2;

    private TimeSpan Milliseconds(int most) => TimeSpan.FromMilliseconds(_random.Next(1, most));
}
