namespace GridMesh.Load.Running;

/// <summary>One pass through a scenario, measured from the moment at which it was meant to start.</summary>
/// <param name="number">Within the scenario, from 1.</param>
/// <param name="intended">Timestamp at which it was meant to start; all its time counts from there.</param>
internal sealed class Iteration(ScenarioRun run, long number, Random random, long intended)
{
    private readonly long _intended = intended;
    private long _stepBegan = intended;
    public long Number => number;
    public Random Random => random;

    /// <summary>Cancelled when the schedule has ended or the run is stopped; what it cuts is not measured.</summary>
    public CancellationToken Ended => run.Ended;

    /// <summary>Runs the iteration and records it. It does not throw.</summary>
    public async Task RunAsync()
    {
        try
        {
            Record(await run.Scenario.Run(this));
        }
        catch (StepFailedException e)
        {
            Record(e.Response);
        }
        catch (Exception e) when (IsCut(e))
        {
            run.CountCut();
        }
        catch (Exception e)
        {
            Record(Thrown(e));
        }
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

    private static Response Thrown(Exception e) =>
        Response.Fail(e is OperationCanceledException ? "timeout" : e.GetType().Name, e.Message);

    private void Record(Response response) => run.Record(response, run.Time.GetElapsedTime(_intended));

    private bool IsCut(Exception thrown) => thrown is OperationCanceledException && run.Ended.IsCancellationRequested;

    private sealed class StepFailedException(Response response) : Exception("a step failed")
    {
        public Response Response => response;
    }
}
