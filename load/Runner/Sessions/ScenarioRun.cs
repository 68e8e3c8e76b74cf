using System.Collections.Concurrent;
using GridMesh.Load.Runner.Measuring;
using GridMesh.Load.Runner.Schedules;
using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>One pass over a scenario's schedule, as warm-up or measured.</summary>
/// <param name="until">Where the pass ends before its schedule does; null: it runs to the end.</param>
internal sealed class ScenarioRun(Session session, ScenarioProps scenario, ScenarioOperation operation, TimeSpan? until) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentQueue<Iteration> _free = new();
    private readonly TaskCompletionSource _drained = new(session.Settings.Waiting);
    private readonly long _began = session.Time.GetTimestamp();

    // The schedule itself counts as one, so that nothing is drained before it has ended.
    private int _inFlight = 1;
    private int _iterations;
    private int _failed;
    private int _cut;
    private long _invocations;
    private bool _isClosed;
    private TimeSpan? _took;

    public Session Session => session;

    public ScenarioProps Scenario => scenario;

    public ScenarioMeasures Measures { get; } = new(scenario.ScenarioName);

    /// <summary>Cancelled at the end of the schedule, or when it is stopped.</summary>
    public CancellationToken Ended => _ended.Token;

    public TimeSpan Elapsed => session.Time.GetElapsedTime(_began);

    /// <summary>How long load was applied, without the wait for the last answers.</summary>
    public TimeSpan Took => _took ?? Elapsed;

    /// <summary>Iterations that the end cut off; they are not measured.</summary>
    public int Cut => Volatile.Read(ref _cut);

    public LoadSimulationStats Load { get; private set; } = new();

    /// <summary>Microseconds from the moment of an arrival until it was found due: what the load's own machine adds.</summary>
    public StripedHistogram StartLag { get; } = new();

    public ScenarioInfo InfoOf(int number) => new()
    {
        InstanceId = $"{scenario.ScenarioName}_{number}",
        InstanceNumber = number,
        ScenarioName = scenario.ScenarioName,
        ScenarioDuration = scenario.LoadSimulations.Aggregate(TimeSpan.Zero, (sum, simulation) => sum + LoadPhase.Plan([simulation])[0].During),
        ScenarioOperation = operation,
    };

    /// <summary>Applies the load and ends when every iteration has ended or its time to do so is over.</summary>
    public async Task RunAsync()
    {
        var begin = _began;
        var end = until is { } limit ? begin + session.Ticks(limit) : long.MaxValue;
        var copies = new CopyPool(this);
        foreach (var phase in LoadPhase.Plan(scenario.LoadSimulations))
        {
            if (_ended.IsCancellationRequested || begin >= end)
            {
                break;
            }

            Load = new LoadSimulationStats { SimulationName = phase.Name, Value = phase.Rate };
            var phaseEnd = Math.Min(end, begin + session.Ticks(phase.During));
            begin = await PhaseAsync(phase, copies, begin, phaseEnd);
        }

        copies.Set(0);
        _took = Elapsed;
        await _ended.CancelAsync();
        await DrainAsync();
    }

    public void Stop() => _ended.Cancel();

    /// <summary>Starts an iteration of open load, or counts it as failed where too many have not ended.</summary>
    public void Start(long intended)
    {
        if (!TryEnter())
        {
            Record(Codes.NotStartedResponse, 0);
            return;
        }

        if (!_free.TryDequeue(out var iteration))
        {
            iteration = NewIteration();
        }

        iteration.Prepare(intended, NextInvocation());
        if (session.Settings.IsInline)
        {
            _ = iteration.RunOnceAsync();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(iteration, preferLocal: false);
        }
    }

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _inFlight) <= session.Settings.InFlightMax + 1)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _inFlight) == 0)
        {
            _drained.TrySetResult();
        }
    }

    public Iteration NewIteration() => new(this, Interlocked.Increment(ref _iterations) - 1);

    public long NextInvocation() => Interlocked.Increment(ref _invocations);

    public void Return(Iteration iteration)
    {
        _free.Enqueue(iteration);
        Leave();
    }

    public void Record(IResponse response, long micros)
    {
        if (Volatile.Read(ref _isClosed))
        {
            return;
        }

        Measures.Iterations.Record(response, micros);
        if (response.IsError && Interlocked.Increment(ref _failed) == scenario.MaxFailCount && operation == ScenarioOperation.Bombing)
        {
            session.StopCurrentTest($"{scenario.ScenarioName} failed {scenario.MaxFailCount} times, which is its most");
        }
    }

    public void RecordStep(string name, IResponse response, long micros)
    {
        if (!Volatile.Read(ref _isClosed))
        {
            Measures.RecordStep(name, response, micros);
        }
    }

    public void CountCut() => Interlocked.Increment(ref _cut);

    public void Dispose() => _ended.Dispose();

    /// <summary>Timestamp at which the next phase begins.</summary>
    private async Task<long> PhaseAsync(LoadPhase phase, CopyPool copies, long begin, long end)
    {
        if (phase.Copies is { } plan)
        {
            return await copies.RunAsync(plan, begin, end);
        }

        copies.Set(0);
        if (phase.Arrivals is { } arrivals)
        {
            await new OpenDriver(this).RunAsync(arrivals, begin, end);
        }

        await session.WaitUntilAsync(end, Ended);
        return end;
    }

    private async Task DrainAsync()
    {
        Leave();
        using var patience = new CancellationTokenSource(session.Settings.CompletionTimeout, session.Time);
        await _drained.Task.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (var left = Volatile.Read(ref _inFlight); left > 0; left--)
        {
            Record(Codes.NotFinishedResponse, session.Settings.CompletionTimeout.Ticks / TimeSpan.TicksPerMicrosecond);
        }

        Volatile.Write(ref _isClosed, true);
    }
}
