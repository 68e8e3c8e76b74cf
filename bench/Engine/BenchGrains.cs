using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace GridMesh.Bench.Engine;

/// <summary>A grain that does next to nothing, so that the engine is what is measured.</summary>
public interface IBenchGrain : IGrainWithStringKey
{
    /// <summary>Completes at once, as a read of memory does.</summary>
    Task<int> Add(int amount);

    /// <summary>Suspends once, as a write to a store does.</summary>
    Task<int> AddLater(int amount);

    /// <summary>Calls another grain so many times, one after the other.</summary>
    Task CallOther(string other, int times);
}

internal sealed class BenchGrain : Grain, IBenchGrain
{
    private int _sum;

    public Task<int> Add(int amount) => Task.FromResult(_sum += amount);

    public async Task<int> AddLater(int amount)
    {
        await Task.Yield();
        return _sum += amount;
    }

    public async Task CallOther(string other, int times)
    {
        var grain = GrainFactory.GetGrain<IBenchGrain>(other);
        for (var i = 0; i < times; i++)
            await grain.Add(1);
    }
}

/// <summary>A grain that notes when an item arrives.</summary>
public interface IHopGrain : IGrainWithStringKey;

[ImplicitStreamSubscription("hops")]
internal sealed class HopGrain : Grain, IHopGrain, IAsyncObserver<Hop>, IStreamSubscriptionObserver
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<Hop>().ResumeAsync(this);

    public Task OnNextAsync(Hop item, StreamSequenceToken? token = null)
    {
        Hop.Arrive(item.Number);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}

/// <summary>An item that is under way between a producer and a grain of the same process.</summary>
[GenerateSerializer, Immutable, Alias("bench.Hop")]
public sealed record Hop([property: Id(0)] int Number)
{
    private static readonly ConcurrentDictionary<int, TaskCompletionSource<long>> UnderWay = new();

    /// <summary>When the hop of this number arrives, as a timestamp.</summary>
    internal static Task<long> Expect(int number) => UnderWay.GetOrAdd(
        number, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    internal static void Arrive(int number)
    {
        if (UnderWay.TryRemove(number, out var arrived))
            arrived.TrySetResult(Stopwatch.GetTimestamp());
    }
}
