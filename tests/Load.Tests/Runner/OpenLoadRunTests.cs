using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Stats;
using GridMesh.Load.Runner.CSharp;

namespace GridMesh.Load.Tests.Runner;

public sealed class OpenLoadRunTests : RunnerTest
{
    [Fact(DisplayName = "[LO12] iterations start at their moments, whatever became of those before")]
    public async Task On_schedule()
    {
        var never = new TaskCompletionSource();
        var starts = new List<double>();
        var began = Time.GetTimestamp();
        var run = Begin(OneStep(async () =>
        {
            starts.Add(Ms(Time.GetElapsedTime(began)));
            await never.Task;
        }).WithLoadSimulations(Simulation.Inject(10, Second, Second), Simulation.Pause(Second), Simulation.Inject(2, Second, Second)));
        Time.Advance(TimeSpan.FromSeconds(3));
        never.SetResult();
        var stats = await EndAsync(run);

        starts.ShouldBe([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 2_000, 2_500]);
        (stats.AllOkCount, stats.AllFailCount, stats.Duration).ShouldBe((12, 0, TimeSpan.FromSeconds(3)));
        stats.ScenarioStats.Get("scenario").Ok.Request.RPS.ShouldBe(4);
    }

    [Fact(DisplayName = "[LO13] a stall is charged to everybody who would have waited: latencies count from the intended start")]
    public async Task No_coordinated_omission()
    {
        var number = 0;
        var run = Begin(OneStep(() =>
        {
            if (number++ == 2)
            {
                // The third iteration holds up the whole program for a second.
                Time.Advance(Second);
            }

            return Task.CompletedTask;
        }).WithLoadSimulations(Simulation.Inject(10, Second, TimeSpan.FromSeconds(2))));
        Time.Advance(TimeSpan.FromSeconds(2));
        var stats = await EndAsync(run);

        // Two before it at once, itself 1000 ms, the ten that were due meanwhile 900, 800, … 0, the rest at once.
        var latency = stats.ScenarioStats.Get("scenario").Ok.Latency;
        (latency.MaxMs, stats.AllOkCount).ShouldBe((1_000, 20));
        latency.MeanMs.ShouldBe((1_000 + Enumerable.Range(0, 10).Sum(i => i * 100)) / 20d);
        stats.Metrics.Gauges.Get("scenario: start lag p99").Value.ShouldBe(900);
        latency.LatencyCount.MoreOrEq1200.ShouldBe(0);
        latency.LatencyCount.More800Less1200.ShouldBe(2);
        stats.ScenarioStats.Get("scenario").StepStats.Get("step").Ok.Latency.MaxMs.ShouldBe(1_000);
    }

    [Fact(DisplayName = "[LO13] only the first step waits with its iteration: a later one counts from the end of the one before")]
    public async Task Steps()
    {
        var run = Begin(Scenario.Create("scenario", async context =>
        {
            if (context.InvocationNumber == 1)
            {
                Time.Advance(TimeSpan.FromMilliseconds(300));
            }

            await Step.Run("first", context, () => Task.FromResult(Response.Ok()));
            return await Step.Run("second", context, () => Task.FromResult(Response.Ok(sizeBytes: 10)));
        }).WithoutWarmUp().WithLoadSimulations(Simulation.Inject(1, Second, Second)));
        Time.Advance(Second);
        var steps = (await EndAsync(run)).ScenarioStats.Get("scenario").StepStats;

        steps.Select(step => step.StepName).ShouldBe(["first", "second"]);
        (steps.Get("first").Ok.Latency.MaxMs, steps.Get("second").Ok.Latency.MaxMs).ShouldBe((300, 0));
        steps.Get("second").Ok.DataTransfer.AllBytes.ShouldBe(10);
    }

    [Fact(DisplayName = "[LO14] beyond the most in flight an iteration is not started and counted as failed, never left out")]
    public async Task In_flight_is_bounded()
    {
        var stuck = new TaskCompletionSource();
        var begun = 0;
        var run = Begin(
            OneStep(() => { begun++; return stuck.Task; }).WithLoadSimulations(Simulation.Inject(10, Second, Second)),
            settings => settings with { InFlightMax = 3 });
        Time.Advance(Second);
        stuck.SetResult();
        var stats = (await EndAsync(run)).ScenarioStats.Get("scenario");

        (begun, stats.AllOkCount, stats.AllFailCount).ShouldBe((3, 3, 7));
        stats.Fail.StatusCodes.Get("not-started").Count.ShouldBe(7);
        (stats.Ok.Request.Percent, stats.Fail.Request.Percent).ShouldBe((30, 70));
    }

    [Fact(DisplayName = "[LO14] what has not ended when the time to complete is over is counted as failed with that time")]
    public async Task Not_finished()
    {
        var never = new TaskCompletionSource();
        var run = Begin(
            OneStep(() => never.Task).WithLoadSimulations(Simulation.Inject(4, Second, Second)),
            settings => settings.WithScenarioCompletionTimeout(TimeSpan.FromSeconds(2)));
        var stats = (await EndAsync(run)).ScenarioStats.Get("scenario");

        stats.Fail.StatusCodes.Get("not-finished").Count.ShouldBe(4);
        stats.Fail.Latency.MinMs.ShouldBe(2_000);
        stats.AllOkCount.ShouldBe(0);
    }

    [Fact(DisplayName = "[LO17] the warm-up runs the same load and leaves nothing in the figures")]
    public async Task Warm_up()
    {
        var operations = new List<ScenarioOperation>();
        var codes = new List<string>();
        var run = Begin(Scenario.Create("scenario", context =>
        {
            operations.Add(context.ScenarioInfo.ScenarioOperation);
            var code = $"{context.NodeInfo.CurrentOperation}";
            codes.Add(code);
            return Task.FromResult<IResponse>(Response.Ok(statusCode: code));
        }).WithWarmUpDuration(TimeSpan.FromSeconds(2)).WithLoadSimulations(Simulation.Inject(5, Second, TimeSpan.FromSeconds(3))));
        var stats = (await EndAsync(run)).ScenarioStats.Get("scenario");

        operations.Count(operation => operation == ScenarioOperation.WarmUp).ShouldBe(10);
        operations.Count(operation => operation == ScenarioOperation.Bombing).ShouldBe(15);
        stats.AllOkCount.ShouldBe(15);
        stats.Ok.StatusCodes.Select(code => code.StatusCode).ShouldBe([$"{OperationType.Bombing}"]);
        codes.Count(code => code == $"{OperationType.WarmUp}").ShouldBe(10);
    }

    private static ScenarioProps OneStep(Func<Task> work) => Scenario.Create("scenario", async context =>
        await Step.Run("step", context, async () =>
        {
            await work();
            return Response.Ok();
        })).WithoutWarmUp();
}
