using Orleans;
using Orleans.Runtime;

namespace GridMesh.Engine.Tests.Conformance;

public sealed class TurnTests : ConformanceTest
{
    [Fact(DisplayName = "[EN1] racing first calls meet in one activation")]
    public async Task OneActivation()
    {
        var calls = Enumerable.Range(0, 200).Select(_ => Task.Run(() => Grain<ITurnGrain>("race").Number()));
        var numbers = await Task.WhenAll(calls);
        numbers.Distinct().Count().ShouldBe(1);
        Probe.Count("activated race").ShouldBe(1);
    }

    [Fact(DisplayName = "[EN3] a request that awaits holds the others back until it ends")]
    public async Task NoInterleaving()
    {
        var grain = Grain<ITurnGrain>("plain");
        var a = grain.VisitThroughGate("a", "a");
        await Probe.ReachedAsync("enter");
        var b = grain.VisitThroughGate("b", "b");
        (await grain.Peek()).ShouldBe("peeked");
        Probe.Notes("enter").ShouldBe(["a"]);
        Probe.Open("a");
        Probe.Open("b");
        await Task.WhenAll(a, b);
        Probe.Notes("enter").ShouldBe(["a", "b"]);
        Probe.Notes("leave").ShouldBe(["a", "b"]);
    }

    [Fact(DisplayName = "[EN3] many callers and awaits never meet inside a grain")]
    public async Task NeverTwoAtOnce()
    {
        var calls = Enumerable.Range(0, 500).Select(
            i => Task.Run(() => Grain<ITurnGrain>($"k{i % 5}").KeepsTurnAfterAwait()));
        (await Task.WhenAll(calls)).ShouldAllBe(inTurn => inTurn);
    }

    [Fact(DisplayName = "[EN4] after an await the code is back on the turn of its grain, and Task.Run leaves it")]
    public async Task Context()
    {
        (await Grain<ITurnGrain>("context").KeepsTurnAfterAwait()).ShouldBeTrue();
        (await Grain<ITurnGrain>("context").LeavesTurnOnTaskRun()).ShouldBeTrue();
    }

    [Fact(DisplayName = "[EN5] a reentrant grain takes requests at every await")]
    public async Task Reentrant()
    {
        var grain = Grain<IReentrantGrain>("r");
        var waiting = grain.EnterAndWait("gate");
        await Probe.ReachedAsync("entered");
        await grain.Open("gate");
        await waiting;
    }

    [Fact(DisplayName = "[EN6] an always-interleave request passes the running one")]
    public async Task AlwaysInterleave()
    {
        var grain = Grain<ITurnGrain>("peek");
        var running = grain.VisitThroughGate("x", "gate");
        await Probe.ReachedAsync("enter");
        var waiting = grain.Visit("waits");
        (await grain.Peek()).ShouldBe("peeked");
        running.IsCompleted.ShouldBeFalse();
        Probe.Count("visit").ShouldBe(0);
        Probe.Open("gate");
        await Task.WhenAll(running, waiting);
    }

    [Fact(DisplayName = "[EN7] readers run together, writers alone")]
    public async Task ReadOnly()
    {
        var grain = Grain<ITurnGrain>("readers");
        var a = grain.ReadThroughGate("a", "readers");
        var b = grain.ReadThroughGate("b", "readers");
        await Probe.ReachedAsync("read", 2);
        var writer = grain.VisitThroughGate("w", "writer");
        await grain.Peek();
        Probe.Count("enter").ShouldBe(0);
        Probe.Open("readers");
        await Task.WhenAll(a, b);
        await Probe.ReachedAsync("enter");
        var late = grain.ReadThroughGate("c", "readers");
        await grain.Peek();
        Probe.Count("read").ShouldBe(2);
        Probe.Open("writer");
        await Task.WhenAll(writer, late);
    }

    [Fact(DisplayName = "[EN8] a cycle of calls ends in a timeout, and the grains stay usable")]
    public async Task Cycle()
    {
        var cycle = Grain<ITurnGrain>("a").CallOther("b");
        await Probe.ReachedAsync("calling back");
        Host.AdvanceWhileRunning(TimeSpan.FromMinutes(1));
        await Should.ThrowAsync<TimeoutException>(() => cycle);
        (await Grain<ITurnGrain>("a").Name()).ShouldBe("a");
    }

    [Theory(DisplayName = "[EN9] an exception reaches the caller and leaves the grain usable")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exceptions(bool atOnce)
    {
        var grain = Grain<ITurnGrain>("throws");
        var number = await grain.Number();
        var call = atOnce ? grain.ThrowAtOnce("broken") : grain.Throw("broken");
        (await Should.ThrowAsync<FormatException>(() => call)).Message.ShouldBe("broken");
        (await grain.Number()).ShouldBe(number);
    }

    [Fact(DisplayName = "[EN10] a one-way call returns at once, and its exception stays in the grain")]
    public async Task OneWay()
    {
        var grain = Grain<ITurnGrain>("oneway");
        await grain.Post("note", "gate");
        Probe.Count("posted").ShouldBe(0);
        Probe.Open("gate");
        await Probe.ReachedAsync("posted");
        await grain.PostAndThrow();
        await Probe.ReachedAsync("throwing");
        (await grain.Name()).ShouldBe("oneway");
    }

    [Fact(DisplayName = "[EN11] a stateless worker serves one key with as many activations as it may have, no more")]
    public async Task StatelessWorker()
    {
        var calls = Enumerable.Range(0, 3).Select(_ => Grain<IWorkerGrain>("w").Work("gate")).ToList();
        await Probe.ReachedAsync("working", 2);
        Probe.Count("working").ShouldBe(2);
        Probe.Open("gate");
        await Task.WhenAll(calls);
        Probe.Count("working").ShouldBe(3);
    }

    [Fact(DisplayName = "[EN12] the request context goes with the calls and never comes back")]
    public async Task RequestContextFlows()
    {
        RequestContext.Set("who", "test");
        (await Grain<IContextGrain>("a").Read("who")).ShouldBe("test");
        (await Grain<IContextGrain>("a").ReadThrough("b", "who")).ShouldBe("test");
        await Grain<IContextGrain>("a").Write("who", "grain");
        RequestContext.Get("who").ShouldBe("test");
        RequestContext.Remove("who").ShouldBeTrue();
        (await Grain<IContextGrain>("a").Read("who")).ShouldBeNull();
    }

    [Fact(DisplayName = "[EN13] inherited methods are called by the derived interface, with every kind of return value")]
    public async Task Inherited()
    {
        INamed named = Grain<ITurnGrain>("named");
        (await named.Name()).ShouldBe("named");
        var grain = Grain<ITurnGrain>("named");
        await grain.Nothing();
        (await grain.NumberLater()).ShouldBe(await grain.Number());
        grain.GetPrimaryKeyString().ShouldBe("named");
        grain.ShouldBe(Grain<ITurnGrain>("named"));
    }

    [Fact(DisplayName = "[EN14] a grain that hands itself over is received as a reference")]
    public async Task Self() =>
        (await Grain<ITurnGrain>("me").HandMyselfTo("you")).ShouldBe("me reference");

    [Fact(DisplayName = "[EN15] a cancellation token among the arguments cancels inside the grain and lets the caller go")]
    public async Task Cancellation()
    {
        using var source = new CancellationTokenSource();
        var call = Grain<ITurnGrain>("cancel").WasCancelled(source.Token);
        await Probe.ReachedAsync("cancellable");
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await Probe.ReachedAsync("cancelled");
    }
}
