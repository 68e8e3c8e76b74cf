using GridMesh.Load.Runner.Sessions;
using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;
using GridMesh.Load.Runner.CSharp;

namespace GridMesh.Load.Tests.Runner;

public sealed class ThresholdTests : RunnerTest
{
    [Fact(DisplayName = "[LO18] the whole run decides over a threshold, misses of intervals are counted")]
    public async Task Verdicts()
    {
        var limit = 50;
        var run = Begin(Scenario.Create("scenario", context => Task.FromResult<IResponse>(
                context.InvocationNumber <= 2 ? Response.Fail(statusCode: "503") : Response.Ok(statusCode: "200")))
            .WithoutWarmUp()
            .WithThresholds(
                Threshold.Create(stats => stats.Fail.Request.Percent < limit),
                Threshold.Create(stats => stats.Ok.StatusCodes.Exists("200") && stats.Ok.Request.Count > 100),
                Threshold.Create("never", stats => stats.Ok.Request.Count >= 0),
                Threshold.Create(stats => stats.Ok.StatusCodes.Get("201").Count > 0))
            .WithLoadSimulations(Simulation.Inject(2, Second, TimeSpan.FromSeconds(10))));
        var thresholds = (await EndAsync(run)).Thresholds;

        thresholds.Select(threshold => threshold.IsFailed).ShouldBe([false, true, true, true]);
        thresholds[0].CheckExpression.ShouldBe("(stats.Fail.Request.Percent < 50)");
        thresholds[2].StepName.ShouldBe("never");
        thresholds[3].ExceptionMsg.ShouldContain("'201' is not found");
    }

    [Fact(DisplayName = "[LO18] a threshold is checked at each interval from its start on, and stops the run once it was missed too often")]
    public void Abort()
    {
        var check = new ThresholdCheck("scenario", Threshold.Create(
            stats => stats.AllFailCount == 0, abortWhenErrorCount: 2, startCheckAfter: TimeSpan.FromSeconds(3)));
        var (good, bad) = (new ScenarioStats(), new ScenarioStats { AllFailCount = 1 });

        check.CheckInterval(bad, new MetricStats(), TimeSpan.FromSeconds(2)).ShouldBeFalse();
        check.CheckInterval(bad, new MetricStats(), TimeSpan.FromSeconds(3)).ShouldBeFalse();
        check.CheckInterval(good, new MetricStats(), TimeSpan.FromSeconds(4)).ShouldBeFalse();
        check.CheckInterval(bad, new MetricStats(), TimeSpan.FromSeconds(5)).ShouldBeTrue();
        var result = check.Conclude(good, new MetricStats());
        (result.IsFailed, result.ErrorCount).ShouldBe((true, 2));
    }

    [Fact(DisplayName = "[LO18] a run is stopped by its threshold")]
    public async Task Aborted_run()
    {
        var run = Begin(
            Scenario.Create("scenario", _ => Task.FromResult<IResponse>(Response.Fail())).WithoutWarmUp()
                .WithThresholds(Threshold.Create(stats => stats.Fail.Request.Count == 0, abortWhenErrorCount: 1))
                .WithLoadSimulations(Simulation.Inject(2, Second, TimeSpan.FromHours(1))),
            settings => settings.WithReportingInterval(Second));
        var stats = await EndAsync(run);

        stats.Thresholds.ShouldHaveSingleItem().IsFailed.ShouldBeTrue();
        stats.Duration.ShouldBeLessThan(TimeSpan.FromHours(1));
        Output.ToString().ShouldContain("missed too often");
    }

    [Theory(DisplayName = "[LO18] a threshold may ask for a metric of the scenario's own")]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void Metrics(double value, bool isFailed)
    {
        var check = new ThresholdCheck("scenario", Threshold.Create(metric => metric.Gauges.Get("gaps").Value <= 5));
        var metrics = new MetricStats { Gauges = [new GaugeStats { MetricName = "gaps", Value = value }] };
        check.Conclude(new ScenarioStats(), metrics).IsFailed.ShouldBe(isFailed);
    }
}
