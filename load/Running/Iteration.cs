namespace GridMesh.Load.Running;

/// <summary>
/// One iteration at a time, measured from the moment at which it was meant to start. It is used again for later ones,
/// so that an arrival costs next to nothing.
/// </summary>
internal sealed class Iteration(ScenarioRun run, int seed) : IScenarioContext, IThreadPoolWorkItem
{
    private readonly Random _random = new(seed);
    private long _intended;
    private long _stepBegan;
    public long InvocationNumber { get; private set; }
    public Random Random => _random;
    public CancellationToken ScenarioCancellationToken => run.Ended;

    /// <param name="intended">Timestamp at which it was meant to start; all its time counts from there.</param>
    public void Prepare(long intended, long invocation) =>
        (_intended, _stepBegan, InvocationNumber) = (intended, intended, invocation);

    void IThreadPoolWorkItem.Execute() => _ = RunOnceAsync();

    /// <summary>Runs the iteration and records it. It does not throw.</summary>
    public async Task RunAsync()
    {
        if (await ResponseAsync() is { } response)
            run.Record(response, run.Time.GetElapsedTime(_intended));
        else
            run.CountCut();
    }

    public async Task<Response<T>> RunStepAsync<T>(string name, Func<Task<Response<T>>> step)
    {
        Response<T> response;
        try
        {
            response = await step();
        }
        catch (Exception e) when (e is not StepFailedException && !IsCut(e))
        {
            // Whatever is thrown is a result of the step.
            response = Response.Fail<T>(e is OperationCanceledException ? "timeout" : e.GetType().Name, e.Message);
        }

        run.RecordStep(name, response, run.Time.GetElapsedTime(_stepBegan));
        _stepBegan = run.Time.GetTimestamp();
        return response.IsError ? throw new StepFailedException(response) : response;
    }

    /// <summary>Of an open load: runs it and gives it back.</summary>
    private async Task RunOnceAsync()
    {
        await RunAsync();
        run.Return(this);
    }

    /// <summary>Null for an iteration that the end cut off.</summary>
    private async Task<IResponse?> ResponseAsync()
    {
        try
        {
            return await run.Scenario.Run(this);
        }
        catch (StepFailedException e)
        {
            return e.Response;
        }
        catch (Exception e)
        {
            // Whatever is thrown is a result of the iteration.
            return IsCut(e) ? null
                : Response.Fail(e is OperationCanceledException ? "timeout" : e.GetType().Name, e.Message);
        }
    }

    private bool IsCut(Exception thrown) => thrown is OperationCanceledException && run.Ended.IsCancellationRequested;

    /// <summary>Ends an iteration whose step has failed.</summary>
    private sealed class StepFailedException(IResponse response) : Exception("a step failed")
    {
        public IResponse Response => response;
    }
}
