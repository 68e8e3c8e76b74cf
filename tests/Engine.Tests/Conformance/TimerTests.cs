namespace GridMesh.Engine.Tests.Conformance;

public sealed class TimerTests : ConformanceTest
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact(DisplayName = "[EN23] a timer ticks when due and then every period")]
    public async Task Ticks()
    {
        await Grain<ILifeGrain>("t").StartTimer(Second, Second * 2);
        Host.Advance(Second / 2);
        await Grain<ILifeGrain>("t").Calls();
        Probe.Count("tick").ShouldBe(0);
        Host.Advance(Second / 2);
        await Probe.ReachedAsync("ticked");
        await Grain<ILifeGrain>("t").Calls();
        Host.Advance(Second);
        await Grain<ILifeGrain>("t").Calls();
        Probe.Count("tick").ShouldBe(1);
        Host.Advance(Second);
        await Probe.ReachedAsync("ticked", 2);
    }

    [Fact(DisplayName = "[EN24] a tick waits for the running request, and requests wait for the tick")]
    public async Task NoOverlap()
    {
        var grain = Grain<ILifeGrain>("t");
        await grain.StartTimer(Second, Timeout.InfiniteTimeSpan, "tick gate");
        var request = grain.Wait("request gate");
        await Probe.ReachedAsync("waiting");
        Host.AdvanceWhileRunning(Second);
        Probe.Count("tick").ShouldBe(0);
        Probe.Open("request gate");
        await request;
        await Probe.ReachedAsync("tick");
        var call = grain.Calls();
        Probe.Count("called").ShouldBe(0);
        Probe.Open("tick gate");
        await call;
        Probe.Count("ticked").ShouldBe(1);
    }

    [Fact(DisplayName = "[EN24] an interleaving tick passes the running request")]
    public async Task Interleave()
    {
        var grain = Grain<ILifeGrain>("t");
        await grain.StartTimer(Second, Timeout.InfiniteTimeSpan, interleave: true);
        var request = grain.Wait("gate");
        await Probe.ReachedAsync("waiting");
        Host.AdvanceWhileRunning(Second);
        await Probe.ReachedAsync("ticked");
        request.IsCompleted.ShouldBeFalse();
        Probe.Open("gate");
        await request;
    }

    [Fact(DisplayName = "[EN24] a slow tick never meets the next one of its timer")]
    public async Task SlowTick()
    {
        var grain = Grain<ILifeGrain>("t");
        await grain.StartTimer(Second, Second, "gate", interleave: true);
        Host.Advance(Second);
        await Probe.ReachedAsync("tick");
        Host.AdvanceWhileRunning(Second * 5);
        await grain.Calls();
        Probe.Count("tick").ShouldBe(1);
        Probe.Open("gate");
        await Probe.ReachedAsync("ticked");
    }

    [Fact(DisplayName = "[EN25] Change starts the timer over, Dispose ends it")]
    public async Task ChangeAndDispose()
    {
        var grain = Grain<ILifeGrain>("t");
        await grain.StartTimer(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Host.Advance(Second * 5);
        await grain.ChangeTimer(Second, Second);
        Host.Advance(Second);
        await Probe.ReachedAsync("ticked");
        await grain.DisposeTimer();
        Host.Advance(Second * 5);
        await grain.Calls();
        Probe.Count("tick").ShouldBe(1);
    }

    [Fact(DisplayName = "[EN25] what Change asks for while a tick runs is not lost, also when its moment comes before the tick ends")]
    public async Task ChangeWhileTicking()
    {
        var grain = Grain<ILifeGrain>("t");
        await grain.StartTimer(Second, Timeout.InfiniteTimeSpan, "gate", interleave: true);
        Host.Advance(Second);
        await Probe.ReachedAsync("tick");
        await grain.ChangeTimer(Second, Timeout.InfiniteTimeSpan);
        Host.AdvanceWhileRunning(Second);
        Probe.Open("gate");
        await Probe.ReachedAsync("ticked");
        await grain.Calls();
        Host.Advance(Second);
        await Probe.ReachedAsync("ticked", 2);
    }

    [Fact(DisplayName = "[EN26] timers end with their activation and do not keep it, unless they say so")]
    public async Task EndsWithActivation()
    {
        var minute = TimeSpan.FromMinutes(1);
        await Grain<ILifeGrain>("gone").StartTimer(minute * 5, minute * 30);
        await Grain<ILifeGrain>("kept").StartTimer(minute * 5, Timeout.InfiniteTimeSpan, keepAlive: true);
        await Grain<ILifeGrain>("kept").Calls();
        Host.Advance(minute * 5);
        await Probe.ReachedAsync("ticked", 2);
        Host.Advance(minute * 7);
        await Probe.ReachedAsync("deactivated");
        (await Grain<ILifeGrain>("kept").Calls()).ShouldBe(2);
        (await Grain<ILifeGrain>("gone").Calls()).ShouldBe(1);
        Host.Advance(minute * 60);
        await Probe.ReachedAsync("deactivated", 3);
        Probe.Count("tick").ShouldBe(2);
    }

    [Theory(DisplayName = "[EN27] a timer with a senseless span is refused")]
    [InlineData(-5, 1)]
    [InlineData(1, -5)]
    public async Task Senseless(int due, int period) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            () => Grain<ILifeGrain>("t").StartTimer(Second * due, Second * period));
}
