using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>A run from its preparation to its report.</summary>
internal sealed class Session : IBaseContext
{
    private readonly MetricRegistry _metrics = new();
    private readonly IConfiguration _noSettings = new ConfigurationBuilder().Build();
    private readonly NodeInfo _node;
    private IReadOnlyList<ScenarioRun> _runs = [];
    private OperationType _operation = OperationType.Init;
    private volatile string? _stopReason;

    private Session(NBomberContext settings)
    {
        Settings = settings;
        Logger = new SessionLog(settings.Output, settings.Time);
        TestInfo = new TestInfo
        {
            SessionId = $"{settings.Time.GetUtcNow():yyyy-MM-dd_HH.mm.ss}_{Guid.NewGuid():N}"[..28],
            TestSuite = settings.TestSuite,
            TestName = settings.TestName,
            Created = settings.Time.GetUtcNow().UtcDateTime,
        };
        _node = new NodeInfo
        {
            MachineName = Environment.MachineName,
            OS = RuntimeInformation.OSDescription,
            DotNetVersion = RuntimeInformation.FrameworkDescription,
            Processor = RuntimeInformation.ProcessArchitecture.ToString(),
            CoresCount = Environment.ProcessorCount,
            NBomberVersion = "GridMesh.Load.Runner",
        };
    }

    public NBomberContext Settings { get; }

    public TimeProvider Time => Settings.Time;

    public TestInfo TestInfo { get; }

    public ILogger Logger { get; }

    /// <summary>Runs to the end and says what was measured.</summary>
    /// <exception cref="ArgumentException">The description cannot be run.</exception>
    public static async Task<NodeStats> RunAsync(NBomberContext settings)
    {
        var problems = RunProblems.Of(settings).ToArray();
        if (problems.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", problems));
        }

        return await new Session(settings).RunAsync();
    }

    public NodeInfo GetNodeInfo() => _node with { CurrentOperation = _operation };

    public void RegisterMetric(ICounter counter) => _metrics.Register(counter, "");

    public void RegisterMetric(IGauge gauge) => _metrics.Register(gauge, "");

    public void RegisterMetric(IMetric metric, string scenarioName) => _metrics.Register(metric, scenarioName);

    public void StopScenario(string scenarioName, string reason)
    {
        Logger.Warning("scenario {Name} is stopped: {Reason}", scenarioName, reason);
        foreach (var run in _runs.Where(run => run.Scenario.ScenarioName == scenarioName))
        {
            run.Stop();
        }
    }

    public void StopCurrentTest(string reason)
    {
        if (Interlocked.CompareExchange(ref _stopReason, reason, null) is not null)
        {
            return;
        }

        Logger.Warning("the run is stopped: {Reason}", reason);
        foreach (var run in _runs)
        {
            run.Stop();
        }
    }

    /// <summary>A span in timestamps of the clock.</summary>
    public long Ticks(TimeSpan span) => Time.TimestampFrequency == TimeSpan.TicksPerSecond
        ? span.Ticks
        : (long)((Int128)span.Ticks * Time.TimestampFrequency / TimeSpan.TicksPerSecond);

    /// <summary>Ends at the timestamp or a little later, at once when cancelled. It does not throw.</summary>
    public async Task WaitUntilAsync(long timestamp, CancellationToken cancellation)
    {
        while (Time.GetElapsedTime(Time.GetTimestamp(), timestamp) is var early && early > TimeSpan.Zero && !cancellation.IsCancellationRequested)
        {
            // Timers count whole milliseconds, and a wait that was rounded down would end early and spin.
            var wait = TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(early.TotalMilliseconds), int.MaxValue));
            await Task.Delay(wait, Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<NodeStats> RunAsync()
    {
        var reporting = new Reporting(this, Settings.Sinks, _metrics);
        try
        {
            foreach (var sink in Settings.Sinks)
            {
                await sink.Init(this, _noSettings);
            }

            foreach (var scenario in Settings.Scenarios)
            {
                await (scenario.Init?.Invoke(ContextOf(scenario, ScenarioOperation.Init)) ?? Task.CompletedTask);
            }

            await reporting.StartAsync();
            await WarmUpAsync();
            var stats = await BombAsync(reporting);
            _operation = OperationType.Complete;
            return await reporting.FinishAsync(stats);
        }
        finally
        {
            await CleanAsync();
            foreach (var sink in Settings.Sinks)
            {
                sink.Dispose();
            }
        }
    }

    private async Task WarmUpAsync()
    {
        var warming = Settings.Scenarios.Where(scenario => scenario is { Run: not null, WarmUpDuration: not null }).ToArray();
        if (warming.Length == 0 || _stopReason is not null)
        {
            return;
        }

        _operation = OperationType.WarmUp;
        Logger.Information("warming up for {Seconds} s, not measured", warming.Max(scenario => scenario.WarmUpDuration!.Value.TotalSeconds));
        await RunAllAsync([.. warming.Select(scenario => new ScenarioRun(this, scenario, ScenarioOperation.WarmUp, scenario.WarmUpDuration))], _ => Task.CompletedTask);
    }

    private async Task<NodeStats> BombAsync(Reporting reporting)
    {
        _operation = OperationType.Bombing;
        NodeStats? stats = null;
        await RunAllAsync(
            [.. Settings.Scenarios.Where(scenario => scenario.Run is not null).Select(scenario => new ScenarioRun(this, scenario, ScenarioOperation.Bombing, null))],
            async running =>
            {
                await reporting.FollowAsync(_runs, running);
                stats = reporting.Total(_runs);
            });
        return stats!;
    }

    private async Task RunAllAsync(ScenarioRun[] runs, Func<Task, Task> follow)
    {
        _runs = runs;
        try
        {
            if (_stopReason is not null)
            {
                Array.ForEach(runs, run => run.Stop());
            }

            var running = Task.WhenAll(runs.Select(run => run.RunAsync()));
            await follow(running);
            await running;
        }
        finally
        {
            _runs = [];
            Array.ForEach(runs, run => run.Dispose());
        }
    }

    private async Task CleanAsync()
    {
        foreach (var scenario in Settings.Scenarios.Where(scenario => scenario.Clean is not null))
        {
            try
            {
                await scenario.Clean!(ContextOf(scenario, ScenarioOperation.Clean));
            }
            catch (Exception e)
            {
                // What was measured stands, whatever becomes of the cleaning.
                Logger.Error(e, "scenario {Name} could not be cleaned:", scenario.ScenarioName);
            }
        }
    }

    private InitContext ContextOf(ScenarioProps scenario, ScenarioOperation operation) => new(
        this, new ScenarioInfo { InstanceId = scenario.ScenarioName, ScenarioName = scenario.ScenarioName, ScenarioOperation = operation },
        _noSettings);
}
