using GridMesh.Load.Runner.Sessions;
using GridMesh.Load.Runner.Contracts;

namespace GridMesh.Load.Runner.CSharp;

/// <summary>Measures a part of an iteration by its name.</summary>
public static class Step
{
    /// <summary>
    /// Runs and measures a step. The first step of an iteration of an open workload counts from the moment at which the
    /// iteration was meant to start, so that waiting for a free thread is not forgotten.
    /// </summary>
    /// <param name="name">Always the same for the same step; a scenario has a bounded number of them.</param>
    public static Task<Response<T>> Run<T>(string name, IScenarioContext context, Func<Task<Response<T>>> run) =>
        context is Iteration iteration
            ? iteration.RunStepAsync(name, run)
            : throw new ArgumentException("a step runs with the context that its scenario was given", nameof(context));
}
