using Orleans;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace GridMesh.Engine.Tests.Conformance;

public interface IProducerGrain : IGrainWithStringKey
{
    Task Produce(string ns, string key, int from, int count);
}

internal sealed class ProducerGrain : Grain, IProducerGrain
{
    public async Task Produce(string ns, string key, int from, int count)
    {
        var stream = this.GetStreamProvider("test").GetStream<int>(StreamId.Create(ns, key));
        for (var i = from; i < from + count; i++)
            await stream.OnNextAsync(i);
    }
}

public interface IConsumerGrain : IGrainWithStringKey
{
    Task Subscribe(string ns, string key);

    Task Unsubscribe(string ns, string key);

    Task Wait(string gate);

    Task Leave();
}

/// <summary>Subscribes explicitly, and resumes what it finds when it is activated again.</summary>
internal sealed class ConsumerGrain(Probe probe) : Grain, IConsumerGrain, IAsyncObserver<int>
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var handle in await Stream("explicit", "k").GetAllSubscriptionHandles())
            await handle.ResumeAsync(this);
    }

    public Task Subscribe(string ns, string key) => Stream(ns, key).SubscribeAsync(this);

    public async Task Unsubscribe(string ns, string key)
    {
        foreach (var handle in await Stream(ns, key).GetAllSubscriptionHandles())
            await handle.UnsubscribeAsync();
    }

    public async Task Wait(string gate)
    {
        probe.Note("waiting");
        await probe.GateAsync(gate);
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task OnNextAsync(int item, StreamSequenceToken? token = null)
    {
        probe.Note($"item {this.GetPrimaryKeyString()}", $"{item}");
        if (item < 0)
            throw new FormatException("a bad item");
        probe.Note($"good {this.GetPrimaryKeyString()}", $"{item}");
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        probe.Note("error", ex.Message);
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync()
    {
        probe.Note("completed");
        return Task.CompletedTask;
    }

    private IAsyncStream<int> Stream(string ns, string key) =>
        this.GetStreamProvider("test").GetStream<int>(StreamId.Create(ns, key));
}

public interface IImplicitGrain : IGrainWithStringKey
{
    Task Leave();
}

[ImplicitStreamSubscription("implicit")]
internal sealed class ImplicitGrain(Probe probe) : Grain, IImplicitGrain, IStreamSubscriptionObserver
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        probe.Note("subscribed", handleFactory.StreamId.GetKeyAsString());
        await handleFactory.Create<int>().ResumeAsync((item, _) =>
        {
            probe.Note($"item {this.GetPrimaryKeyString()}", $"{item}");
            return Task.CompletedTask;
        });
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
