namespace GridMesh.Engine.Tests.Conformance;

public sealed class LifeTests : ConformanceTest
{
    [Fact(DisplayName = "[EN16] activation comes before the first message, however long it takes")]
    public async Task ActivationFirst()
    {
        (await Grain<ILifeGrain>("a").Calls()).ShouldBe(1);
        Probe.Notes("activated").ShouldBe(["a"]);
    }

    [Fact(DisplayName = "[EN17] a failed activation fails everybody who waits, and the next call tries anew")]
    public async Task FailedActivation()
    {
        var first = Grain<IFragileGrain>("f").Name();
        await Probe.ReachedAsync("trying");
        var calls = Enumerable.Range(0, 3).Select(_ => Grain<IFragileGrain>("f").Name()).ToList();
        Probe.Open("fragile");
        foreach (var call in calls.Prepend(first))
            (await Should.ThrowAsync<FormatException>(() => call)).Message.ShouldBe("not yet");
        (await Grain<IFragileGrain>("f").Name()).ShouldBe("f");
        Probe.Count("trying").ShouldBe(2);
    }

    [Fact(DisplayName = "[EN18] an idle grain is collected, and comes back with the next call")]
    public async Task Collection()
    {
        (await Grain<ILifeGrain>("idle").Calls()).ShouldBe(1);
        Host.Advance(TimeSpan.FromMinutes(5));
        (await Grain<ILifeGrain>("idle").Calls()).ShouldBe(2);
        Host.Advance(TimeSpan.FromMinutes(8));
        (await Grain<ILifeGrain>("idle").Calls()).ShouldBe(3);
        Host.Advance(TimeSpan.FromMinutes(12));
        (await Probe.ReachedAsync("deactivated")).ShouldBe(["ActivationIdle"]);
        (await Grain<ILifeGrain>("idle").Calls()).ShouldBe(1);
        Probe.Count("disposed").ShouldBe(1);
    }

    [Fact(DisplayName = "[EN18] a grain with a request in progress is not collected")]
    public async Task BusyIsNotCollected()
    {
        var waiting = Grain<ILifeGrain>("busy").Wait("gate");
        await Probe.ReachedAsync("waiting");
        // The caller gives up, the grain goes on.
        Host.AdvanceWhileRunning(TimeSpan.FromMinutes(20));
        await Should.ThrowAsync<TimeoutException>(() => waiting);
        Probe.Open("gate");
        await Probe.ReachedAsync("waited");
        (await Grain<ILifeGrain>("busy").Calls()).ShouldBe(1);
        Probe.Count("activated").ShouldBe(1);
    }

    [Fact(DisplayName = "[EN19] a kept grain, and one that delays its deactivation, stay when others go")]
    public async Task Stay()
    {
        await Grain<IKeptGrain>("kept").Calls();
        await Grain<ILifeGrain>("delayed").Stay(TimeSpan.FromHours(1));
        await Grain<ILifeGrain>("delayed").Calls();
        await Grain<ILifeGrain>("other").Calls();
        Host.Advance(TimeSpan.FromMinutes(30));
        await Probe.ReachedAsync("deactivated");
        (await Grain<IKeptGrain>("kept").Calls()).ShouldBe(2);
        (await Grain<ILifeGrain>("delayed").Calls()).ShouldBe(2);
        (await Grain<ILifeGrain>("other").Calls()).ShouldBe(1);
        Host.Advance(TimeSpan.FromMinutes(90));
        await Probe.ReachedAsync("deactivated", 3);
        (await Grain<ILifeGrain>("delayed").Calls()).ShouldBe(1);
        (await Grain<IKeptGrain>("kept").Calls()).ShouldBe(3);
    }

    [Fact(DisplayName = "[EN20] DeactivateOnIdle lets the request end, then the activation goes")]
    public async Task LeaveNow()
    {
        await Grain<ILifeGrain>("x").Calls();
        await Grain<ILifeGrain>("x").Leave();
        (await Grain<ILifeGrain>("x").Calls()).ShouldBe(1);
        Probe.Notes("deactivated").ShouldBe(["ApplicationRequested"]);
    }

    [Fact(DisplayName = "[EN21] calls that arrive while an activation goes reach the next one, all of them")]
    public async Task CallsWhileLeaving()
    {
        var grain = Grain<ILifeGrain>("y");
        var leaving = grain.LeaveWhileWaiting("gate");
        await Probe.ReachedAsync("leaving");
        var calls = Enumerable.Range(0, 100).Select(_ => grain.Calls()).ToList();
        Probe.Count("called").ShouldBe(0);
        Probe.Open("gate");
        await leaving;
        (await Task.WhenAll(calls)).Order().ShouldBe(Enumerable.Range(1, 100));
        Probe.Notes("activated").ShouldBe(["y", "y"]);
        Probe.Count("deactivated").ShouldBe(1);
    }

    [Fact(DisplayName = "[EN21] no call is lost while activations come and go under load")]
    public async Task NothingLost()
    {
        var calls = Enumerable.Range(0, 2_000).Select(i => Task.Run(async () =>
        {
            var grain = Grain<ILifeGrain>($"churn{i % 3}");
            if (i % 10 == 0)
                await grain.Leave();
            else
                await grain.Calls();
        }));
        await Task.WhenAll(calls);
        Probe.Count("called").ShouldBe(1_800);
        Probe.Count("deactivated").ShouldBeInRange(Probe.Count("activated") - 3, Probe.Count("activated"));
    }

    [Fact(DisplayName = "[EN22] a stop lets the running request end, then deactivates every grain, and nothing is taken after it")]
    public async Task Stop()
    {
        var waiting = Grain<ILifeGrain>("z").Wait("gate");
        await Probe.ReachedAsync("waiting");
        await Grain<IKeptGrain>("k").Calls();
        var stop = Host.StopAsync();
        Probe.Open("gate");
        await Task.WhenAll(waiting, stop);
        Probe.Count("waited").ShouldBe(1);
        Probe.Notes("deactivated").ShouldBe(["ShuttingDown", "ShuttingDown"]);
        await Should.ThrowAsync<Orleans.Runtime.SiloUnavailableException>(() => Grain<ILifeGrain>("z").Calls());
    }
}
