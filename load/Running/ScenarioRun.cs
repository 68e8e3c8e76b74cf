namespace GridMesh.Load.Running;

/// <summary>One pass over a scenario's schedule, as warm-up or measured.</summary>
/// <param name="until">Where the pass ends before its schedule does; null: it runs to the end.</param>
/// <param name="completion">How long iterations may take to end after the schedule has ended.</param>
internal sealed class ScenarioRun(Scenario scenario, TimeSpan? until, TimeSpan completion, TimeProvider time)
    : IDisposable
{
    /// <summary>Iterations that are due while so many others have not ended count as failed.</summary>
    public const int InFlightMax = 50_000;

    /// <summary>A step's name must not hold what varies.</summary>
    private const int StepsMax = 100;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Measures _measures = new(scenario.Name);
    private readonly ConcurrentDictionary<string, (Measures Measures, int Order)> _steps = new();
    private readonly HistogramBase _startLag = Durations.Create();
    private readonly long _began = time.GetTimestamp();

    // The schedule itself counts as one, so that nothing is drained before it has ended.
    private int _inFlight = 1;
    private int _cut;
    private long _invocations;
    private bool _isClosed;
    private TimeSpan? _took;

    /// <summary>Iterations begin on the thread that found them due: for tests on a clock of their own.</summary>
    public bool IsInline { get; init; }
    public Scenario Scenario => scenario;
    public TimeProvider Time => time;

    public CancellationToken Ended => _ended.Token;

    /// <summary>How long load was applied, without the wait for the last answers.</summary>
    public TimeSpan Took => _took ?? time.GetElapsedTime(_began);

    /// <summary>Iterations that the end cut off; they are not measured.</summary>
    public int Cut => Volatile.Read(ref _cut);

    /// <summary>How late iterations of an open load began, for 99 of 100: what the load's own machine adds.</summary>
    public double StartLagP99Ms => _startLag.Ms(99);

    /// <summary>Applies the load and ends when every iteration has ended or its time to do so is over.</summary>
    public async Task RunAsync()
    {
        var begin = _began;
        var end = until is { } limit ? begin + TicksOf(limit) : long.MaxValue;
        foreach (var stretch in scenario.Load)
        {
            if (_ended.IsCancellationRequested || begin >= end)
                break;
            var stretchEnd = Math.Min(end, begin + TicksOf(stretch.During));
            if (stretch.Copies > 0)
                await CopiesAsync(stretch.Copies, stretchEnd);
            else
                await ArriveAsync(stretch.Arrivals(), begin, stretchEnd);
            begin = stretchEnd;
        }

        _took = time.GetElapsedTime(_began);
        Stop();
        await DrainAsync();
    }

    public void Stop() => _ended.Cancel();

    public void Record(Response response, TimeSpan took)
    {
        if (!Volatile.Read(ref _isClosed))
            _measures.Record(response, took);
    }

    public void RecordStep(string name, Response response, TimeSpan took)
    {
        if (Volatile.Read(ref _isClosed))
            return;
        var step = _steps.GetOrAdd(name, static (name, run) => run._steps.Count < StepsMax
            ? (new(ScenarioFigures.NameOf(run.Scenario.Name, name)), run._steps.Count)
            : throw new InvalidOperationException($"{run.Scenario.Name} has more than {StepsMax} steps"), this);
        step.Measures.Record(response, took);
    }

    public void CountCut() => Interlocked.Increment(ref _cut);

    public LoadFigures TakeInterval(TimeSpan span) => _measures.TakeInterval(span);

    public ScenarioFigures Total() => new(
        _measures.Total(Took),
        [.. _steps.Values.OrderBy(step => step.Order).Select(step => step.Measures.Total(Took))]);

    public void Dispose() => _ended.Dispose();

    /// <summary>
    /// Starts iterations at their moments. They are found due in batches, one a tick of the clock; each keeps its own
    /// moment as its beginning, so a late batch shows in the latencies and loses nothing.
    /// </summary>
    private async Task ArriveAsync(IEnumerable<TimeSpan> arrivals, long begin, long end)
    {
        foreach (var arrival in arrivals)
        {
            var due = begin + TicksOf(arrival);
            if (due >= end)
                break;
            if (due > time.GetTimestamp())
                await UntilAsync(due);
            if (_ended.IsCancellationRequested)
                return;
            _startLag.Record(time.GetElapsedTime(due));
            Start(due);
        }

        await UntilAsync(end);
    }

    private void Start(long intended)
    {
        if (!TryEnter())
        {
            Record(Response.Fail("not-started", "too many iterations had not ended"), TimeSpan.Zero);
            return;
        }

        Go(async () =>
        {
            var number = Interlocked.Increment(ref _invocations);
            await new Iteration(this, number, new Random((int)number), intended).RunAsync();
            Leave();
        });
    }

    private void Go(Func<Task> run) => _ = IsInline ? run() : Task.Run(run);

    private async Task CopiesAsync(int copies, long end)
    {
        for (var i = 0; i < copies && TryEnter(); i++)
        {
            var random = new Random(i);
            Go(() => CopyAsync(random, end));
        }

        await UntilAsync(end);
    }

    private async Task CopyAsync(Random random, long end)
    {
        while (!_ended.IsCancellationRequested && time.GetTimestamp() < end)
        {
            var running = new Iteration(
                this, Interlocked.Increment(ref _invocations), random, time.GetTimestamp()).RunAsync();
            if (running.IsCompleted)
                await Task.Yield(); // One that never waits would keep the thread for itself until the end.
            await running;
        }

        Leave();
    }

    private bool TryEnter()
    {
        if (Interlocked.Increment(ref _inFlight) <= InFlightMax + 1)
            return true;
        Leave();
        return false;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _inFlight) == 0)
            _drained.TrySetResult();
    }

    private async Task DrainAsync()
    {
        Leave();
        await _drained.Task.WaitAsync(completion, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (var left = Volatile.Read(ref _inFlight); left > 0; left--)
            Record(Response.Fail("not-finished", "had not ended when the time to complete was over"), completion);
        Volatile.Write(ref _isClosed, true);
    }

    /// <summary>Ends at the timestamp or a little later, at once when the run is stopped. It does not throw.</summary>
    private async Task UntilAsync(long timestamp)
    {
        while (time.GetElapsedTime(time.GetTimestamp(), timestamp) is var early && early > TimeSpan.Zero
            && !_ended.IsCancellationRequested)
        {
            // Timers count whole milliseconds, and a wait that was rounded down would end early and spin.
            var wait = TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(early.TotalMilliseconds), int.MaxValue));
            await Task.Delay(wait, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private long TicksOf(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
