using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>
/// One iteration at a time of a copy of a scenario, measured from the moment at which it was meant to start. It is used
/// again for later ones, so that an arrival costs next to nothing.
/// </summary>
internal sealed class Iteration(ScenarioRun run, int number) : IScenarioContext, IThreadPoolWorkItem
{
    private readonly Lazy<Dictionary<string, object>> _data = new();
    private readonly Lazy<Dictionary<string, object>> _instanceData = new();
    private readonly Lazy<Random> _random = new(() => new Random(number));
    private readonly Lazy<ScenarioInfo> _info = new(() => run.InfoOf(number));
    private long _intended;
    private long _stepBegan;

    public TestInfo TestInfo => run.Session.TestInfo;

    public ScenarioInfo ScenarioInfo => _info.Value;

    public NodeInfo NodeInfo => run.Session.GetNodeInfo();

    public ILogger Logger => run.Session.Logger;

    public long InvocationNumber { get; private set; }

    public Dictionary<string, object> Data => _data.Value;

    public Dictionary<string, object> ScenarioInstanceData => _instanceData.Value;

    public CancellationToken ScenarioCancellationToken => run.Ended;

    public Random Random => _random.Value;

    public void StopScenario(string scenarioName, string reason) => run.Session.StopScenario(scenarioName, reason);

    public void StopCurrentTest(string reason) => run.Session.StopCurrentTest(reason);

    public TimeSpan GetScenarioTimerTime() => run.Elapsed;

    /// <param name="intended">Timestamp at which it was meant to start; all its time counts from there.</param>
    /// <param name="invocation">From 1.</param>
    public void Prepare(long intended, long invocation)
    {
        (_intended, _stepBegan, InvocationNumber) = (intended, intended, invocation);
        if (_data.IsValueCreated)
        {
            _data.Value.Clear();
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunOnceAsync();

    /// <summary>Runs an iteration of open load and gives itself back.</summary>
    public async Task RunOnceAsync()
    {
        await RunAsync();
        run.Return(this);
    }

    /// <summary>Runs the iteration and records it. It does not throw.</summary>
    public async Task RunAsync()
    {
        var response = await ResponseAsync();
        if (response is null)
        {
            run.CountCut();
            return;
        }

        run.Record(response, MicrosSince(_intended));
    }

    public async Task<Response<T>> RunStepAsync<T>(string name, Func<Task<Response<T>>> step)
    {
        Response<T> response;
        try
        {
            response = await step() ?? throw new InvalidOperationException($"step {name} returned null");
        }
        catch (Exception e) when (e is not (StepFailedException or IgnoreMeasurementException) && !IsCut(e))
        {
            response = Codes.Of<T>(e);
        }

        run.RecordStep(name, response, MicrosSince(_stepBegan));
        _stepBegan = run.Session.Time.GetTimestamp();
        return response.IsError && run.Scenario.RestartIterationOnFail ? throw new StepFailedException(response) : response;
    }

    /// <summary>Null for an iteration that is not measured.</summary>
    private async Task<IResponse?> ResponseAsync()
    {
        try
        {
            return await run.Scenario.Run!(this) ?? throw new InvalidOperationException("the scenario returned null");
        }
        catch (StepFailedException e)
        {
            return e.Response;
        }
        catch (Exception e)
        {
            return e is IgnoreMeasurementException || IsCut(e) ? null : Codes.Of<object>(e);
        }
    }

    private bool IsCut(Exception thrown) => thrown is OperationCanceledException && run.Ended.IsCancellationRequested;

    private long MicrosSince(long timestamp) =>
        run.Session.Time.GetElapsedTime(timestamp).Ticks / TimeSpan.TicksPerMicrosecond;
}
