using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;
using GridMesh.Load.Runner.CSharp;

namespace GridMesh.Load.Tests.Runner;

public sealed class EndingTests : RunnerTest
{
    [Fact(DisplayName = "[LO19] a run that is stopped starts nothing more, waits for what has begun and reports it")]
    public async Task Stopped()
    {
        var answer = new TaskCompletionSource();
        var begun = 0;
        var run = Begin(Scenario.Create("scenario", async context =>
        {
            if (++begun == 3)
            {
                context.StopCurrentTest("enough");
            }

            await answer.Task;
            return Response.Ok();
        }).WithoutWarmUp().WithLoadSimulations(Simulation.Inject(10, Second, TimeSpan.FromSeconds(100))));
        Time.Advance(Second);
        run.IsCompleted.ShouldBeFalse();
        answer.SetResult();
        var stats = await EndAsync(run);

        (begun, stats.AllOkCount).ShouldBe((3, 3));
        stats.Duration.ShouldBeLessThan(Second);
        Output.ToString().ShouldContain("enough");
    }

    [Fact(DisplayName = "[LO19] what the end cuts off is told and not measured")]
    public async Task Cut()
    {
        var run = Begin(Scenario.Create("scenario", async context =>
        {
            await Task.Delay(TimeSpan.FromHours(1), Time, context.ScenarioCancellationToken);
            return Response.Ok();
        }).WithoutWarmUp().WithLoadSimulations(Simulation.Inject(5, Second, Second)));
        var stats = await EndAsync(run);

        stats.AllRequestCount.ShouldBe(0);
        Output.ToString().ShouldContain("5 iterations of scenario were cut off");
    }

    [Fact(DisplayName = "[LO19] at the most failures the run is stopped")]
    public async Task Most_failures()
    {
        var run = Begin(Scenario.Create("scenario", _ => Task.FromResult<IResponse>(Response.Fail(statusCode: "no")))
            .WithoutWarmUp().WithMaxFailCount(4).WithLoadSimulations(Simulation.Inject(10, Second, TimeSpan.FromSeconds(100))));
        var stats = await EndAsync(run);

        stats.ScenarioStats[0].Fail.StatusCodes.Get("no").Count.ShouldBe(4);
        stats.Duration.ShouldBeLessThan(Second);
    }

    [Theory(DisplayName = "[LO19] a step that fails ends its iteration unless the scenario wants to see to it itself")]
    [InlineData(true, "step", 0)]
    [InlineData(false, "scenario", 3)]
    public async Task Failed_step(bool restarts, string code, int afterwards)
    {
        var after = 0;
        var run = Begin(Scenario.Create("scenario", async context =>
        {
            await Step.Run("step", context, () => Task.FromResult(Response.Fail<int>(statusCode: "step")));
            after++;
            return Response.Fail(statusCode: "scenario");
        }).WithoutWarmUp().WithRestartIterationOnFail(restarts).WithLoadSimulations(Simulation.Inject(3, Second, Second)));
        var stats = (await EndAsync(run)).ScenarioStats[0];

        after.ShouldBe(afterwards);
        stats.Fail.StatusCodes.ShouldHaveSingleItem().StatusCode.ShouldBe(code);
        stats.StepStats.Get("step").Fail.Request.Count.ShouldBe(3);
    }

    [Fact(DisplayName = "[LO19] what is thrown in a step or an iteration is a failure of it, with its message")]
    public async Task Thrown()
    {
        var run = Begin(Scenario.Create("scenario", async context =>
        {
            if (context.InvocationNumber == 1)
            {
                throw new InvalidOperationException("broken");
            }

            return await Step.Run<object>("step", context, () => throw new TaskCanceledException());
        }).WithoutWarmUp().WithLoadSimulations(Simulation.Inject(2, Second, Second)));
        var codes = (await EndAsync(run)).ScenarioStats[0].Fail.StatusCodes;

        codes.Get("-101").Message.ShouldContain("broken");
        codes.Get("-100").Count.ShouldBe(1);
    }

    [Fact(DisplayName = "[LO19] init comes before everything and clean after everything, once each, and a clean that throws spoils nothing")]
    public async Task Order()
    {
        var order = new List<string>();
        var sink = new RecordingSink(order);
        var counter = Metric.CreateCounter("sent", "cases");
        var run = Begin(
            Scenario.Create("scenario", _ =>
            {
                order.Add("run");
                counter.Add(2);
                return Task.FromResult<IResponse>(Response.Ok());
            })
            .WithInit(context =>
            {
                order.Add("init");
                context.RegisterMetric(counter);
                return Task.CompletedTask;
            })
            .WithClean(_ => throw new InvalidOperationException("cannot clean"))
            .WithoutWarmUp().WithLoadSimulations(Simulation.Inject(2, Second, Second)),
            settings => settings.WithReportingSinks(sink).WithReportingInterval(TimeSpan.FromMilliseconds(300)));
        var stats = await EndAsync(run);

        order.ShouldBe(["sink init", "init", "sink start", "run", "run", "sink final", "sink stop", "sink disposed"]);
        Output.ToString().ShouldContain("cannot clean");
        stats.Metrics.Counters.Get("sent").Value.ShouldBe(4);
        sink.Intervals.Sum(interval => interval.AllOkCount).ShouldBe(2);
        sink.Intervals.Count.ShouldBeGreaterThan(1);
        sink.Intervals[^1].Duration.ShouldBeGreaterThanOrEqualTo(Second);
    }

    [Fact(DisplayName = "[LO20] a description that cannot be run is refused with everything that is wrong with it")]
    public async Task Refused()
    {
        var scenario = Scenario.Create("same", _ => Task.FromResult<IResponse>(Response.Ok()))
            .WithMaxFailCount(0)
            .WithLoadSimulations(
                Simulation.Inject(0, Second, Second), Simulation.KeepConstant(0, Second), Simulation.Pause(TimeSpan.Zero),
                Simulation.InjectRandom(5, 3, TimeSpan.Zero, Second));
        var thrown = await Should.ThrowAsync<ArgumentException>(
            () => Begin(scenario, settings => settings with { Scenarios = [scenario, scenario], ReportingInterval = TimeSpan.Zero }));

        foreach (var problem in new[]
        {
            "the reporting interval is", "2 scenarios with the name 'same'", "the most failures are 0", "rate is 0", "copies is 0",
            "during is 00:00:00", "rate is 3", "interval is 00:00:00",
        })
        {
            thrown.Message.ShouldContain(problem);
        }
    }

    private sealed class RecordingSink(List<string> order) : IReportingSink
    {
        public List<ScenarioStats> Intervals { get; } = [];

        public string SinkName => "recording";

        public Task Init(IBaseContext context, Microsoft.Extensions.Configuration.IConfiguration infraConfig) => Add("sink init");

        public Task Start(SessionStartInfo sessionInfo) => Add("sink start");

        public Task SaveRealtimeStats(ScenarioStats[] stats)
        {
            Intervals.AddRange(stats);
            return Task.CompletedTask;
        }

        public Task SaveRealtimeMetrics(MetricStats metrics) => Task.CompletedTask;

        public Task SaveFinalStats(NodeStats stats) => Add("sink final");

        public Task Stop() => Add("sink stop");

        public void Dispose() => order.Add("sink disposed");

        private Task Add(string what)
        {
            order.Add(what);
            return Task.CompletedTask;
        }
    }
}
