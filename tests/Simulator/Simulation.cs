using GridMesh.Simulator.Calls;
using GridMesh.Simulator.Grains;
using GridMesh.Simulator.Reminders;
using GridMesh.Simulator.State;
using GridMesh.Simulator.Streams;
using GridMesh.Simulator.Time;
using GridMesh.Simulator.Turns;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Invocation;
using Orleans.Streams;

namespace GridMesh.Simulator;

/// <summary>
/// Grains as they are compiled, on one thread, with a clock that moves only when it is told to. Whatever is asked from
/// outside is done to the end before the caller goes on; what needs time is done while the clock moves. The same seed
/// has the same order.
/// </summary>
public sealed class Simulation : IDisposable
{
    private readonly Network _network;
    private readonly References _references;
    private readonly StreamHub _streams;
    private readonly Client _client;
    private readonly Lane _outside;
    private readonly List<(Exception, string)> _failures = [];
    private SimulatedSilo? _silo;

    public Simulation(SimulatedClock time, SimulationSettings settings)
    {
        (Time, Settings) = (time, settings);
        Code = GeneratedCode.Of(settings.Grains);
        Loop = new TurnLoop(settings.Seed, time);
        _network = new Network(Code, Loop, time, settings.AnswerMax) { Deliver = Deliver, Failed = Failed };
        _references = new References(Code, _network);
        _streams = new StreamHub(settings.StreamProvider, _network, Loop, Code.Copier);
        _client = new Client(_references, new ServiceCollection()
            .AddKeyedSingleton<IStreamProvider>(settings.StreamProvider, _streams).BuildServiceProvider());
        _outside = new Lane(Loop);
        _silo = new SimulatedSilo(this, _references, _client, _streams);
        Loop.AtRest = _network.LosePatience;
        time.WhenMoving(Loop.Run);
    }

    public SimulatedClock Time { get; }

    /// <summary>The way to the grains from outside; it outlives a crash.</summary>
    public IClusterClient Client => _client;

    public IStreamProvider Streams => _streams;

    public ReminderTable Reminders { get; } = new();

    public StateTable States { get; init; } = new();

    /// <summary>Decides what becomes of each message; null: all arrive.</summary>
    public Func<Message, Fate>? Fates
    {
        get => _network.Decide;
        set => _network.Decide = value;
    }

    /// <summary>How much later than asked a timer goes off; null: not at all.</summary>
    public Func<TimeSpan>? TimerLateness { get; set; }

    /// <summary>Told before each turn of anybody: the moment for a death.</summary>
    public Action? BeforeTurn
    {
        get => Loop.BeforeTurn;
        set => Loop.BeforeTurn = value;
    }

    /// <summary>Turns done so far.</summary>
    public long Turns => Loop.Turns;

    /// <summary>What went wrong where nobody waited for it, the latest last.</summary>
    public IReadOnlyList<(Exception Exception, string What)> Failures => _failures;

    public bool IsUp => _silo is not null;

    /// <summary>Grains that are awake, by kind.</summary>
    public IReadOnlyDictionary<string, int> Activations =>
        (_silo?.Activations ?? []).CountBy(grain => grain.Kind.Name).ToDictionary();

    internal SimulationSettings Settings { get; }

    internal GeneratedCode Code { get; }

    internal TurnLoop Loop { get; }

    /// <summary>From now on it is told of every message, whatever becomes of it.</summary>
    public void Witness(Action<Message> witness) => _network.Witnesses.Add(witness);

    /// <summary>Does whatever can be done without the clock.</summary>
    public void Settle() => Loop.Run();

    /// <summary>
    /// Begins something that a client does. It goes on while the clock moves, and meets what others do.
    /// </summary>
    public Task Begin(Func<Task> act)
    {
        var end = new TaskCompletionSource();
        var lane = new Lane(Loop);
        Loop.Together(() => lane.Post(() => _ = ActAsync()));
        return end.Task;

        async Task ActAsync()
        {
            try
            {
                await act();
                end.SetResult();
            }
            catch (Exception e)
            {
                end.SetException(e);
            }
        }
    }

    /// <summary>
    /// While it is not disposed, what the calling thread awaits goes on inside: for code that awaits timers and
    /// streams.
    /// </summary>
    public IDisposable Enter()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_outside);
        return new Leaving(before);
    }

    /// <summary>All memory is lost, in the middle of whatever was done; state and reminders stay.</summary>
    public void Crash()
    {
        var dying = _silo;
        _silo = null;
        Loop.Together(() => dying?.Die());
    }

    /// <summary>A silo starts after a crash.</summary>
    public void Restart() => _silo ??= new SimulatedSilo(this, _references, _client, _streams);

    /// <summary>One of the live grains is lost, in the middle of whatever it did, as if its silo had died.</summary>
    /// <returns>What it was; null when none lives.</returns>
    public string? KillOne(Random random)
    {
        if (_silo?.Activations is not { Count: > 0 } alive)
            return null;

        var grain = alive.ElementAt(random.Next(alive.Count));
        Loop.Together(() => grain.Die(new SiloUnavailableException($"the silo of {grain} has crashed")));
        return grain.ToString();
    }

    public void Dispose()
    {
        Time.Forget(Loop.Run);
        Loop.AtRest = null;
        Loop.BeforeTurn = null;
        Crash();
    }

    internal void Failed(Exception exception, string what) => _failures.Add((exception, what));

    internal void Deliver(GrainId target, Message message, Action<Response> answer)
    {
        if (_silo is { } silo)
            silo.Deliver(target, message, answer);
        else
            answer(Response.FromException(new SiloUnavailableException("no silo is up")));
    }

    private sealed class Leaving(SynchronizationContext? before) : IDisposable
    {
        public void Dispose() => SynchronizationContext.SetSynchronizationContext(before);
    }
}
