using GridMesh.Engine.Tests.Conformance;
using GridMesh.Engine.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Engine.Tests.Embedded;

/// <summary>What the embedded engine adds: named bounds, counters, checked options.</summary>
public sealed class BoundTests
{
    [Fact(DisplayName = "[EN44] a full mailbox refuses the next request and names the bound")]
    public async Task Mailbox()
    {
        await using var host = await EmbeddedHost.StartAsync(options => options.MailboxMax = 3);
        var grain = host.Client.GetGrain<ILifeGrain>("full");
        var running = grain.Wait("gate");
        await host.Probe.ReachedAsync("waiting");
        var queued = Enumerable.Range(0, 3).Select(_ => grain.Calls()).ToList();
        var refused = await Should.ThrowAsync<LimitExceededException>(() => grain.Calls());
        refused.Message.ShouldContain(nameof(EngineOptions.MailboxMax));
        host.Stats.Refused.ShouldBe(1);
        host.Probe.Open("gate");
        await Task.WhenAll([running, .. queued]);
        (await grain.Calls()).ShouldBe(4);
    }

    [Fact(DisplayName = "[EN45] a slow observer outside the grains loses what is over its bound, counted, and holds nobody up")]
    public async Task StreamQueue()
    {
        await using var host = await EmbeddedHost.StartAsync(options => options.StreamQueueMax = 2);
        var stream = host.Client.GetStreamProvider("any").GetStream<int>(StreamId.Create("s", "k"));
        await stream.SubscribeAsync(async (item, _) =>
        {
            host.Probe.Note("arrived", $"{item}");
            await host.Probe.GateAsync("gate");
        });
        await stream.OnNextAsync(0);
        await host.Probe.ReachedAsync("arrived");
        await stream.OnNextBatchAsync([1, 2, 3, 4]);
        host.Stats.StreamDrops.ShouldBe(2);
        host.Probe.Open("gate");
        (await host.Probe.ReachedAsync("arrived", 3)).ShouldBe(["0", "1", "2"]);
    }

    [Fact(DisplayName = "[EN46] activations, calls, timeouts and exceptions are counted")]
    public async Task Stats()
    {
        await using var host = await EmbeddedHost.StartAsync();
        var grain = host.Client.GetGrain<ITurnGrain>("a");
        await grain.Name();
        await Should.ThrowAsync<FormatException>(() => grain.Throw("x"));
        var slow = grain.VisitThroughGate("x", "gate");
        host.Advance(TimeSpan.FromMinutes(1));
        await Should.ThrowAsync<TimeoutException>(() => slow);
        host.Stats.Calls.ShouldBe(3);
        host.Stats.TurnExceptions.ShouldBe(1);
        host.Stats.Timeouts.ShouldBe(1);
        host.Stats.Activations["turn"].ShouldBe(1);
    }

    [Fact(DisplayName = "[EN47] wrong options are refused at once, with every problem in one message")]
    public void Options()
    {
        var wrong = Should.Throw<ArgumentException>(() => new ServiceCollection().AddEmbeddedEngine(options =>
        {
            options.MailboxMax = 0;
            options.CallTimeout = TimeSpan.Zero;
            options.CollectionInterval = TimeSpan.FromHours(1);
        }));
        wrong.Message.ShouldContain(nameof(EngineOptions.MailboxMax));
        wrong.Message.ShouldContain(nameof(EngineOptions.CallTimeout));
        wrong.Message.ShouldContain(nameof(EngineOptions.CollectionInterval));
        wrong.Message.ShouldContain(nameof(EngineOptions.CollectionAge));
    }

    [Fact(DisplayName = "[EN48] a stop that runs out of time ends all the same, and its callers are told")]
    public async Task StopOutOfTime()
    {
        await using var host = await EmbeddedHost.StartAsync(options => options.CallTimeout = TimeSpan.FromHours(1));
        var stuck = host.Client.GetGrain<ILifeGrain>("stuck").Wait("never");
        await host.Probe.ReachedAsync("waiting");
        var stop = host.StopAsync();
        await Should.ThrowAsync<SiloUnavailableException>(() => host.Client.GetGrain<ILifeGrain>("new").Calls());
        host.Advance(TimeSpan.FromSeconds(21));
        await stop;
        await Should.ThrowAsync<SiloUnavailableException>(() => stuck);
    }

    [Fact(DisplayName = "[EN49] an interface of several classes, or of none, is refused with their names")]
    public async Task Ambiguous()
    {
        await using var host = await EmbeddedHost.StartAsync();
        Should.Throw<ArgumentException>(() => host.Client.GetGrain<IGrainWithStringKey>("x"))
            .Message.ShouldContain(nameof(TurnGrain));
    }
}
