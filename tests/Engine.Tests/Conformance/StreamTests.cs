using System.Globalization;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Engine.Tests.Conformance;

public sealed class StreamTests : ConformanceTest
{
    private static readonly string[] Hundred =
        [.. Enumerable.Range(0, 100).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    [Fact(DisplayName = "[EN35] a subscribed grain gets the items of one producer in order")]
    public async Task Explicit()
    {
        await Grain<IConsumerGrain>("c").Subscribe("explicit", "k");
        await Grain<IConsumerGrain>("other").Subscribe("explicit", "other");
        await Grain<IProducerGrain>("p").Produce("explicit", "k", 0, 100);
        (await Probe.ReachedAsync("item c", 100)).ShouldBe(Hundred);
        Probe.Count("item other").ShouldBe(0);
    }

    [Fact(DisplayName = "[EN36] items are turns of the subscriber, and the producer does not wait for them")]
    public async Task Turns()
    {
        await Grain<IConsumerGrain>("c").Subscribe("explicit", "k");
        var waiting = Grain<IConsumerGrain>("c").Wait("gate");
        await Probe.ReachedAsync("waiting");
        await Grain<IProducerGrain>("p").Produce("explicit", "k", 0, 100);
        Probe.Count("item c").ShouldBe(0);
        Probe.Open("gate");
        await waiting;
        (await Probe.ReachedAsync("item c", 100)).ShouldBe(Hundred);
    }

    [Fact(DisplayName = "[EN37] a subscription outlives the activation, which resumes it")]
    public async Task Resume()
    {
        await Grain<IConsumerGrain>("c").Subscribe("explicit", "k");
        await Grain<IConsumerGrain>("c").Leave();
        await Grain<IProducerGrain>("p").Produce("explicit", "k", 0, 1);
        await Probe.ReachedAsync("item c");
    }

    [Fact(DisplayName = "[EN38] after unsubscribing nothing comes")]
    public async Task Unsubscribe()
    {
        await Grain<IConsumerGrain>("c").Subscribe("explicit", "k");
        await Grain<IConsumerGrain>("stays").Subscribe("explicit", "k");
        await Grain<IConsumerGrain>("c").Unsubscribe("explicit", "k");
        await Grain<IProducerGrain>("p").Produce("explicit", "k", 0, 1);
        await Probe.ReachedAsync("item stays");
        await Grain<IConsumerGrain>("c").Unsubscribe("explicit", "k");
        Probe.Count("item c").ShouldBe(0);
    }

    [Fact(DisplayName = "[EN39] an implicit subscription wakes the grain with the key of the stream, in every activation anew")]
    public async Task Implicit()
    {
        await Grain<IProducerGrain>("p").Produce("implicit", "i", 0, 100);
        (await Probe.ReachedAsync("item i", 100)).ShouldBe(Hundred);
        Probe.Notes("subscribed").ShouldBe(["i"]);
        await Grain<IImplicitGrain>("i").Leave();
        await Grain<IProducerGrain>("p").Produce("implicit", "i", 100, 1);
        await Probe.ReachedAsync("item i", 101);
        Probe.Count("subscribed").ShouldBe(2);
    }

    [Fact(DisplayName = "[EN40] an observer outside the grains gets items in order and one at a time, until it unsubscribes")]
    public async Task Client()
    {
        var inside = 0;
        var stream = ClientStream("client", "k");
        var handle = await stream.SubscribeAsync(async (item, _) =>
        {
            Interlocked.Increment(ref inside).ShouldBe(1);
            Probe.Note("arrived");
            await Probe.GateAsync("gate");
            Interlocked.Decrement(ref inside);
            Probe.Note("client", $"{item}");
        });
        (await stream.GetAllSubscriptionHandles()).Single().HandleId.ShouldBe(handle.HandleId);
        await Grain<IProducerGrain>("p").Produce("client", "k", 0, 100);
        await Probe.ReachedAsync("arrived");
        Probe.Count("client").ShouldBe(0);
        Probe.Open("gate");
        (await Probe.ReachedAsync("client", 100)).ShouldBe(Hundred);
        await handle.UnsubscribeAsync();
        await Grain<IProducerGrain>("p").Produce("client", "k", 0, 1);
        (await stream.GetAllSubscriptionHandles()).ShouldBeEmpty();
        Probe.Count("client").ShouldBe(100);
    }

    [Fact(DisplayName = "[EN41] a bad item stops nothing")]
    public async Task BadItem()
    {
        await Grain<IConsumerGrain>("c").Subscribe("explicit", "k");
        await Grain<IProducerGrain>("p").Produce("explicit", "k", -1, 3);
        (await Probe.ReachedAsync("good c", 2)).ShouldBe(["0", "1"]);
    }

    private IAsyncStream<int> ClientStream(string ns, string key) =>
        Host.Client.GetStreamProvider("test").GetStream<int>(StreamId.Create(ns, key));
}
