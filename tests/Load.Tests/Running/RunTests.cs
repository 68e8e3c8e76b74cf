namespace GridMesh.Load.Tests.Running;

/// <summary>Runs on a clock that the tests move; whatever is due happens on their thread.</summary>
public sealed class RunTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new();

    [Fact(DisplayName = "[LO13] a stall is charged to everybody who would have waited: time counts from the moment that was meant")]
    public async Task Intended()
    {
        var stats = (await RunAsync(Stretch.Open(10, s_second), iteration =>
        {
            if (iteration.Number == 1)
                _time.Advance(TimeSpan.FromMilliseconds(450)); // The machine is busy, and nothing starts.
            return Task.FromResult(Response.Ok);
        })).Total();
        stats.All.Ok.ShouldBe(10);
        stats.All.MaxMs.ShouldBe(450, 5);
        stats.All.MeanMs.ShouldBe(125, 2, "450, 350, 250, 150, 50 and five times nothing");
    }

    [Fact(DisplayName = "[LO13] only the first step waits with its iteration: a later one counts from the end of the one before")]
    public async Task Steps()
    {
        var stats = (await RunAsync(Stretch.Open(1, s_second), async iteration =>
        {
            await iteration.StepAsync("one", () => AfterAsync(40));
            return await iteration.StepAsync("two", () => AfterAsync(20));
        })).Total();
        stats.Steps.Select(step => (step.Name, Math.Round(step.MaxMs / 10)))
            .ShouldBe([("send / one", 4), ("send / two", 2)]);
        stats.All.MaxMs.ShouldBe(60, 1);
    }

    [Fact(DisplayName = "[LO14] what cannot start because too many have not ended, or does not end in time, is counted as failed")]
    public async Task Unanswered()
    {
        const int More = 10;
        var never = new TaskCompletionSource<Response>();
        var stats = (await RunAsync(Stretch.Open(ScenarioRun.InFlightMax + More, s_second), _ => never.Task)).Total();
        stats.All.Codes.Where(code => code.IsError).Select(code => (code.Code, code.Count))
            .ShouldBe([("not-finished", ScenarioRun.InFlightMax), ("not-started", More)]);
    }

    [Fact(DisplayName = "[LO15] copies of a closed load begin their next iteration when their last has ended")]
    public async Task Closed()
    {
        var (at, most) = (0, 0);
        var stats = (await RunAsync(Stretch.Closed(2, s_second), async _ =>
        {
            most = Math.Max(most, ++at);
            var response = await AfterAsync(100);
            at--;
            return response;
        })).Total();
        (stats.All.Ok, most).ShouldBe((20, 2));
    }

    [Fact(DisplayName = "[LO17] the warm-up runs the same load and leaves nothing in the figures")]
    public async Task Warm_up()
    {
        var count = 0L;
        var scenario = new Scenario("send", _ =>
        {
            Interlocked.Increment(ref count);
            return Task.FromResult(Response.Ok);
        })
        {
            WarmUp = TimeSpan.FromMilliseconds(200), Load = [Stretch.Open(50, TimeSpan.FromMilliseconds(400))],
        };
        var context = new LoadContext(
            "test", new LatencyOptions(), new Terminal(TimeProvider.System, TextWriter.Null, TextWriter.Null));
        var report = context.Report();
        await new LoadTest(Environment.ProcessId, s_second, context)
            .RunAsync([scenario], report, "", CancellationToken.None);
        report.Of("send").Ok.ShouldBe(20);
        count.ShouldBe(30);
    }

    [Fact(DisplayName = "[LO18] a threshold is decided by the whole run, and a step that never ran misses its own")]
    public async Task Thresholds()
    {
        var stats = (await RunAsync(Stretch.Open(4, s_second), async iteration =>
            await iteration.StepAsync("post", () => AfterAsync(iteration.Number * 10)))).Total();
        Threshold.P99(50).Decide(stats).ShouldBe(new Verdict("send", "p99 < 50 ms", "p99 40.19 ms", true));
        Threshold.P95(40, "post").Decide(stats)
            .ShouldBe(new Verdict("send / post", "p95 < 40 ms", "p95 40.19 ms", false));
        Threshold.AllGoWell.Decide(stats).ShouldBe(new Verdict("send", "some, and none fails", "0 of 4 failed", true));
        (Threshold.NoneFails with { Step = "get" }).Decide(stats)
            .ShouldBe(new Verdict("send / get", "none fails", "never ran", false));
    }

    [Theory(DisplayName = "[LO18] a failure in a thousand may be allowed, and where none may, something has to have gone well")]
    [InlineData(1_000, 1, false, true)]
    [InlineData(999, 1, false, false)]
    [InlineData(0, 0, false, true)]
    [InlineData(5, 0, true, true)]
    public void Failures(int ok, int failed, bool goesWell, bool isFew)
    {
        var figures = new ScenarioFigures(
            LoadFigures.Of("send", Durations.Create()) with { Ok = ok, Failed = failed }, []);
        (Threshold.AllGoWell.Decide(figures).IsMet, Threshold.FailedPerMille(1).Decide(figures).IsMet)
            .ShouldBe((goesWell, isFew));
    }

    [Fact(DisplayName = "[LO19] a run that is stopped starts nothing more, waits for what has begun, and does not measure what it cuts off")]
    public async Task Stopped()
    {
        var run = RunOf(Stretch.Open(10, s_second), async iteration =>
        {
            if (iteration.Number == 2)
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, iteration.Ended);
            return await AfterAsync(250);
        });
        var running = run.RunAsync();
        Pass(TimeSpan.FromMilliseconds(350));
        run.Stop();
        SpinWait.SpinUntil(() => run.Cut == 1, TimeSpan.FromSeconds(10)).ShouldBeTrue("what is cut ends on the pool");
        Pass(s_second);
        await running;
        (run.Total().All.Ok, run.Cut).ShouldBe((3, 1));
    }

    [Fact(DisplayName = "[LO19] what is thrown is a failure with its message, and a step that fails ends its iteration")]
    public async Task Thrown()
    {
        var stats = (await RunAsync(Stretch.Open(3, s_second), async iteration =>
        {
            if (iteration.Number == 1)
                throw new InvalidOperationException("no");
            await iteration.StepAsync(
                "one",
                () => iteration.Number == 2 ? Task.FromResult(Response.Fail("TooBusy"))
                    : throw new IOException("gone"));
            return await iteration.StepAsync("two", () => AfterAsync(1));
        })).Total();
        stats.All.Codes.Where(code => code.IsError).Select(code => (code.Code, code.Message)).Order()
            .ShouldBe(
                [("InvalidOperationException", "no"), ("IOException", "gone"), ("TooBusy", "")], ignoreOrder: true);
        stats.Steps.Select(step => step.Name).ShouldBe(["send / one"]);
    }

    private async Task<Response> AfterAsync(double ms)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(ms), _time);
        return Response.Ok;
    }

    /// <summary>By the millisecond: whatever is due happens at its own moment.</summary>
    private void Pass(TimeSpan span)
    {
        for (var end = _time.GetUtcNow() + span; _time.GetUtcNow() < end;)
            _time.Advance(TimeSpan.FromMilliseconds(1));
    }

    private async Task<ScenarioRun> RunAsync(Stretch stretch, Func<Iteration, Task<Response>> body)
    {
        var run = RunOf(stretch, body);
        var running = run.RunAsync();
        Pass(TimeSpan.FromSeconds(5));
        await running;
        return run;
    }

    private ScenarioRun RunOf(Stretch stretch, Func<Iteration, Task<Response>> body) =>
        new(new Scenario("send", body) { Load = [stretch] }, null, s_second, _time) { IsInline = true };
}
