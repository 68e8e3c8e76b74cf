using GridMesh.Engine.Tests.Conformance;
using GridMesh.Engine.Tests.Hosts;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Engine.Tests.Embedded;

/// <summary>
/// What the embedded engine keeps and Orleans does not promise; each title says how Orleans differs. Grains must not rest
/// on any of it.
/// </summary>
public sealed class BeyondOrleansTests : ConformanceTest
{
    [Fact(DisplayName = "[EN2] requests of one caller run in the order in which they were sent (Orleans: any order, reversed before an activation)")]
    public async Task Order()
    {
        var grain = Grain<ITurnGrain>("order");
        var first = grain.VisitThroughGate("first", "gate");
        var rest = Enumerable.Range(0, 300).Select(i => grain.Visit($"{i}")).ToList();
        Probe.Open("gate");
        await Task.WhenAll([first, .. rest]);
        Probe.Notes("visit").ShouldBe(Enumerable.Range(0, 300).Select(i => $"{i}"));
    }

    [Fact(DisplayName = "[EN8] a request that timed out before its turn is never run (Orleans: it may run all the same)")]
    public async Task TimedOutIsNotRun()
    {
        var cycle = Grain<ITurnGrain>("a").CallOther("b");
        await Probe.ReachedAsync("calling back");
        Host.AdvanceWhileRunning(TimeSpan.FromMinutes(1));
        await Should.ThrowAsync<TimeoutException>(() => cycle);
        (await Grain<ITurnGrain>("a").Name()).ShouldBe("a");
        Probe.Count("visit").ShouldBe(0);
    }

    [Fact(DisplayName = "[EN21] calls that arrive while an activation goes reach the next one in order (Orleans: in any order)")]
    public async Task OrderWhileLeaving()
    {
        var grain = Grain<ILifeGrain>("y");
        var leaving = grain.LeaveWhileWaiting("gate");
        await Probe.ReachedAsync("leaving");
        var calls = Enumerable.Range(0, 100).Select(_ => grain.Calls()).ToList();
        Probe.Open("gate");
        await leaving;
        (await Task.WhenAll(calls)).ShouldBe(Enumerable.Range(1, 100));
    }

    [Fact(DisplayName = "[EN22] a stop refuses new calls at once and runs those that wait (Orleans: new ones queue, and the last silo fails what waits)")]
    public async Task StopRunsWhatWaits()
    {
        var grain = Grain<ILifeGrain>("z");
        var waiting = grain.Wait("gate");
        await Probe.ReachedAsync("waiting");
        var behind = grain.Calls();
        var stop = Host.StopAsync();
        await Should.ThrowAsync<SiloUnavailableException>(() => grain.Calls());
        Probe.Open("gate");
        await Task.WhenAll(waiting, stop);
        (await behind).ShouldBe(1);
    }

    [Fact(DisplayName = "[EN41] errors and the end of a stream reach its observers, each bad item once (Orleans: not implemented, and again and again)")]
    public async Task ErrorAndEnd()
    {
        await Grain<IConsumerGrain>("c").Subscribe("explicit", "k");
        await Grain<IProducerGrain>("p").Produce("explicit", "k", -1, 3);
        (await Probe.ReachedAsync("item c", 3)).ShouldBe(["-1", "0", "1"]);
        var stream = Host.Client.GetStreamProvider("test").GetStream<int>(StreamId.Create("explicit", "k"));
        await stream.OnErrorAsync(new FormatException("told"));
        await stream.OnCompletedAsync();
        (await Probe.ReachedAsync("error")).ShouldBe(["told"]);
        await Probe.ReachedAsync("completed");
    }
}
