namespace GridMesh.Load.Tests.Running;

/// <summary>Runs on a clock that the tests move; whatever is due happens on their thread.</summary>
public sealed class RunTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly ReentrantTime _time = new();

    [Fact(DisplayName = "[LO13] a stall is charged to everybody who would have waited: time counts from the moment that was meant")]
    public async Task Intended()
    {
        var stats = (await RunAsync(Simulation.Inject(10, s_second), context =>
        {
            if (context.InvocationNumber == 1)
                _time.Advance(TimeSpan.FromMilliseconds(450)); // The machine is busy, and nothing starts.
            return Task.FromResult<IResponse>(Response.Ok());
        })).Total();
        stats.Ok.Request.Count.ShouldBe(10);
        stats.Ok.Latency.MaxMs.ShouldBe(450, 5);
        stats.Ok.Latency.MeanMs.ShouldBe(125, 2, "450, 350, 250, 150, 50 and five times nothing");
    }

    [Fact(DisplayName = "[LO13] only the first step waits with its iteration: a later one counts from the end of the one before")]
    public async Task Steps()
    {
        var stats = (await RunAsync(Simulation.Inject(1, s_second), async context =>
        {
            await Step.Run("one", context, () => AfterAsync(40));
            return await Step.Run("two", context, () => AfterAsync(20));
        })).Total();
        stats.StepStats.Select(step => (step.StepName, Math.Round(step.Ok.Latency.MaxMs / 10))).ShouldBe([("one", 4), ("two", 2)]);
        stats.Ok.Latency.MaxMs.ShouldBe(60, 1);
    }

    [Fact(DisplayName = "[LO14] what cannot start because too many have not ended, or does not end in time, is counted as failed")]
    public async Task Unanswered()
    {
        const int More = 10;
        var never = new TaskCompletionSource<IResponse>();
        var stats = (await RunAsync(Simulation.Inject(ScenarioRun.InFlightMax + More, s_second), _ => never.Task)).Total();
        stats.Fail.StatusCodes.Select(code => (code.StatusCode, code.Count))
            .ShouldBe([("not-finished", ScenarioRun.InFlightMax), ("not-started", More)]);
    }

    [Fact(DisplayName = "[LO15] copies of a closed load begin their next iteration when their last has ended")]
    public async Task Closed()
    {
        var (at, most) = (0, 0);
        var stats = (await RunAsync(Simulation.KeepConstant(2, s_second), async _ =>
        {
            most = Math.Max(most, ++at);
            var response = await AfterAsync(100);
            at--;
            return response;
        })).Total();
        (stats.Ok.Request.Count, most).ShouldBe((20, 2));
    }

    [Fact(DisplayName = "[LO17] the warm-up runs the same load and leaves nothing in the figures")]
    public async Task Warm_up()
    {
        var count = 0L;
        var scenario = Scenario.Create("send", _ =>
            {
                Interlocked.Increment(ref count);
                return Task.FromResult<IResponse>(Response.Ok());
            })
            .WithWarmUpDuration(TimeSpan.FromMilliseconds(200)).WithLoadSimulations(Simulation.Inject(50, TimeSpan.FromMilliseconds(400)));
        var context = new LoadContext("test", new LatencyStandIn(), new Terminal(TimeProvider.System, TextWriter.Null, TextWriter.Null));
        var result = await new LoadTest(Product.Beside(new Uri("http://127.0.0.1:1"), Environment.ProcessId), context).RunAsync([scenario], CancellationToken.None);
        result.Of("send").Ok.Request.Count.ShouldBe(20);
        count.ShouldBe(30);
    }

    [Fact(DisplayName = "[LO18] a threshold is decided by the whole run, and a step that never ran misses its own")]
    public async Task Thresholds()
    {
        var stats = (await RunAsync(Simulation.Inject(4, s_second), async context =>
            await Step.Run("post", context, () => AfterAsync(context.InvocationNumber * 10)))).Total();
        var met = Threshold.Create(all => all.Ok.Latency.Percent99 < 50).Decide(stats);
        (met.Name, met.Wanted, met.IsMet).ShouldBe(("send", "Ok.Latency.Percent99 < 50", true));
        met.Found.ShouldStartWith("Ok.Latency.Percent99 4");
        Threshold.Create("post", step => step.Ok.Request.Count > 4 && step.Fail.Request.Count == 0).Decide(stats)
            .ShouldBe(new Verdict("send / post", "(Ok.Request.Count > 4) and (Fail.Request.Count == 0)", "Ok.Request.Count 4, Fail.Request.Count 0", false));
        Threshold.Create("get", step => step.Fail.Request.Count == 0).Decide(stats).ShouldBe(new Verdict("send / get", "Fail.Request.Count == 0", "never ran", false));
    }

    [Fact(DisplayName = "[LO19] a run that is stopped starts nothing more, waits for what has begun, and does not measure what it cuts off")]
    public async Task Stopped()
    {
        var run = RunOf(Simulation.Inject(10, s_second), async context =>
        {
            if (context.InvocationNumber == 2)
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, context.ScenarioCancellationToken);
            return await AfterAsync(250);
        });
        var running = run.RunAsync();
        _time.Advance(TimeSpan.FromMilliseconds(350));
        run.Stop();
        _time.Advance(s_second);
        await running;
        (run.Total().Ok.Request.Count, run.Cut).ShouldBe((3, 1));
    }

    [Fact(DisplayName = "[LO19] what is thrown is a failure with its message, and a step that fails ends its iteration")]
    public async Task Thrown()
    {
        var stats = (await RunAsync(Simulation.Inject(3, s_second), async context =>
        {
            if (context.InvocationNumber == 1)
                throw new InvalidOperationException("no");
            await Step.Run("one", context, () => context.InvocationNumber == 2 ? Task.FromResult(Response.Fail("TooBusy")) : throw new IOException("gone"));
            return await Step.Run("two", context, () => AfterAsync(1));
        })).Total();
        stats.Fail.StatusCodes.Select(code => (code.StatusCode, code.Message)).Order()
            .ShouldBe([("InvalidOperationException", "no"), ("IOException", "gone"), ("TooBusy", "")], ignoreOrder: true);
        stats.StepStats.Select(step => step.StepName).ShouldBe(["one"]);
    }

    private async Task<Response<object>> AfterAsync(double ms)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(ms), _time);
        return Response.Ok();
    }

    private async Task<ScenarioRun> RunAsync(LoadSimulation simulation, Func<IScenarioContext, Task<IResponse>> body)
    {
        var run = RunOf(simulation, body);
        var running = run.RunAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        await running;
        return run;
    }

    private ScenarioRun RunOf(LoadSimulation simulation, Func<IScenarioContext, Task<IResponse>> body) =>
        new(Scenario.Create("send", body).WithLoadSimulations(simulation), null, s_second, _time) { IsInline = true };

    private sealed record LatencyStandIn : LoadOptions;
}
