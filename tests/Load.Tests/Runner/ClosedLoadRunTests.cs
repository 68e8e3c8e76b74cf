using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.CSharp;

namespace GridMesh.Load.Tests.Runner;

public sealed class ClosedLoadRunTests : RunnerTest
{
    private static readonly TimeSpan s_work = TimeSpan.FromMilliseconds(95);

    [Fact(DisplayName = "[LO15] each copy begins its next iteration when its last has ended, and the last of all are waited for")]
    public async Task Constant()
    {
        var stats = await EndAsync(Begin(Working().WithLoadSimulations(Simulation.KeepConstant(3, Second))));

        // Eleven begin in the second: at 0, 95, … 950 ms.
        stats.AllOkCount.ShouldBe(33);
        stats.ScenarioStats[0].Ok.Latency.Percent99.ShouldBe(95);
    }

    [Fact(DisplayName = "[LO15] as many copies run as the ramp says, and a ramp down ends them after their iteration")]
    public async Task Ramp()
    {
        var running = 0;
        var peaks = new List<(double At, int Running)>();
        var began = Time.GetTimestamp();
        var stats = await EndAsync(Begin(Scenario.Create("scenario", async _ =>
        {
            peaks.Add((Ms(Time.GetElapsedTime(began)), ++running));
            await Task.Delay(s_work, Time);
            running--;
            return Response.Ok();
        }).WithoutWarmUp().WithLoadSimulations(
            Simulation.RampingConstant(4, TimeSpan.FromSeconds(4)), Simulation.RampingConstant(0, TimeSpan.FromSeconds(4)))));

        Most(peaks, 0, 500).ShouldBe(0);
        Most(peaks, 500, 1_500).ShouldBe(1);
        Most(peaks, 2_500, 3_500).ShouldBe(3);
        Most(peaks, 3_500, 4_500).ShouldBe(4);
        Most(peaks, 5_600, 6_500).ShouldBe(2);
        Most(peaks, 7_600, 8_500).ShouldBe(0);
        (running, stats.AllOkCount).ShouldBe((0, peaks.Count));
    }

    [Fact(DisplayName = "[LO15] a number of iterations is run exactly, and the next stretch begins when the last has begun")]
    public async Task Iterations()
    {
        var stats = await EndAsync(Begin(Working().WithLoadSimulations(
            Simulation.IterationsForConstant(4, 10), Simulation.Inject(1, Second, Second))));

        stats.AllOkCount.ShouldBe(11);
        stats.Duration.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact(DisplayName = "[LO15] an iteration that never waits leaves room for the clock")]
    public async Task Never_waits()
    {
        var stats = await EndAsync(Begin(
            Scenario.Create("scenario", _ => Task.FromResult<IResponse>(Response.Ok())).WithoutWarmUp()
                .WithLoadSimulations(Simulation.KeepConstant(2, TimeSpan.FromMilliseconds(50)))));
        stats.AllOkCount.ShouldBeGreaterThan(0);
    }

    [Fact(DisplayName = "[LO15] a copy keeps its own data from one iteration to the next, an iteration's is empty at its start")]
    public async Task Data()
    {
        var wrong = 0;
        var stats = await EndAsync(Begin(Scenario.Create("scenario", async context =>
        {
            wrong += context.Data.Count;
            context.Data["own"] = 1;
            var before = context.ScenarioInstanceData.TryGetValue("count", out var count) ? (int)count : 0;
            context.ScenarioInstanceData["count"] = before + 1;
            await Task.Delay(s_work, Time);
            return Response.Ok(statusCode: $"{context.ScenarioInfo.InstanceNumber}:{before + 1}");
        }).WithoutWarmUp().WithLoadSimulations(Simulation.KeepConstant(2, Second))));
        wrong.ShouldBe(0);
        stats.ScenarioStats[0].Ok.StatusCodes.Select(code => code.StatusCode).ShouldContain("0:11");
        stats.ScenarioStats[0].Ok.StatusCodes.Select(code => code.StatusCode).ShouldContain("1:11");
    }

    private static int Most(IEnumerable<(double At, int Running)> peaks, double from, double to) =>
        peaks.Where(peak => peak.At >= from && peak.At < to).Select(peak => peak.Running).DefaultIfEmpty(0).Max();

    private ScenarioProps Working() => Scenario.Create("scenario", async _ =>
    {
        await Task.Delay(s_work, Time);
        return Response.Ok();
    }).WithoutWarmUp();
}
