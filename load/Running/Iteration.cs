namespace GridMesh.Load.Running;

/// <summary>
/// One iteration at a time, measured from the moment at which it was meant to start. It is used again for later ones,
/// so that an arrival costs next to nothing.
/// </summary>
internal sealed class Iteration(ScenarioRun run, int seed) : IThreadPoolWorkItem
{
    private long _intended;
    private long _stepBegan;

    /// <summary>Within the scenario, from 1.</summary>
    public long Number { get; private set; }
    public Random Random { get; } = new(seed);

    /// <summary>
    /// Cancelled when the schedule has ended or the run is stopped. What is cut by it is not measured.
    /// </summary>
    public CancellationToken Ended => run.Ended;

    /// <param name="intended">Timestamp at which it was meant to start; all its time counts from there.</param>
    public void Prepare(long intended, long number) => (_intended, _stepBegan, Number) = (intended, intended, number);

    void IThreadPoolWorkItem.Execute() => _ = RunOnceAsync();

    /// <summary>Runs the iteration and records it. It does not throw.</summary>
    public async Task RunAsync()
    {
        if (await ResponseAsync() is { } response)
            run.Record(response, run.Time.GetElapsedTime(_intended));
        else
            run.CountCut();
    }

    /// <summary>
    /// Runs and measures a part of it; one that fails ends it. The first step of an open load counts from the moment at
    /// which the iteration was meant to start, so that waiting for a free thread is not forgotten.
    /// </summary>
    public async Task<Response> StepAsync(string name, Func<Task<Response>> step)
    {
        Response response;
        try
        {
            response = await step();
        }
        catch (Exception e) when (e is not StepFailedException && !IsCut(e))
        {
            response = Thrown(e);
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
    private async Task<Response?> ResponseAsync()
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
            return IsCut(e) ? null : Thrown(e);
        }
    }

    /// <summary>Whatever is thrown is a result.</summary>
    private static Response Thrown(Exception e) =>
        Response.Fail(e is OperationCanceledException ? "timeout" : e.GetType().Name, e.Message);

    private bool IsCut(Exception thrown) => thrown is OperationCanceledException && run.Ended.IsCancellationRequested;

    private sealed class StepFailedException(Response response) : Exception("a step failed")
    {
        public Response Response => response;
    }
}
