using GridMesh.Clock.Fixture;
using GridMesh.Load.Runner.Sessions;
using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Stats;
using GridMesh.Load.Runner.CSharp;

namespace GridMesh.Load.Tests.Runner;

/// <summary>Runs scenarios on a clock that the test moves; iterations begin on the thread that moves it.</summary>
public abstract class RunnerTest
{
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    protected FakeTime Time { get; } = new();

    protected StringWriter Output { get; } = new();

    /// <summary>Begins a run; without a warm-up its first iterations have begun on return.</summary>
    protected Task<NodeStats> Begin(ScenarioProps scenario, Func<NBomberContext, NBomberContext>? settings = null)
    {
        var context = NBomberRunner.RegisterScenarios(scenario) with { Time = Time, Output = Output, IsInline = true };
        return Session.RunAsync((settings ?? (same => same))(context));
    }

    /// <summary>Moves the clock until the run has ended.</summary>
    protected async Task<NodeStats> EndAsync(Task<NodeStats> run)
    {
        while (!run.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        return await run;
    }

    protected static double Ms(TimeSpan span) => span.TotalMilliseconds;
}
