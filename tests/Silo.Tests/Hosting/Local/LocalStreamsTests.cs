using GridMesh.Silo.Hosting.Local;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Silo.Tests.Hosting.Local;

public sealed class LocalStreamsTests
{
    private static readonly StreamId s_wall = StreamId.Create("wall", "450105");
    private static readonly StreamId s_other = StreamId.Create("wall", "450102");

    [Fact(DisplayName = "[WP12] a read waits until something is published, takes what is there in order, and ends when the silo stops")]
    public async Task Waits()
    {
        var streams = new LocalStreams("mesh");
        var read = streams.GetQueueMessagesAsync(10);
        read.IsCompleted.ShouldBeFalse();
        await PublishAsync(streams, s_wall, 1);
        Said(await read).ShouldBe([1]);

        await PublishAsync(streams, s_wall, 2);
        await PublishAsync(streams, s_other, 3);
        await PublishAsync(streams, s_wall, 4);
        Said(await streams.GetQueueMessagesAsync(2)).ShouldBe([2, 3]);
        Said(await streams.GetQueueMessagesAsync(2)).ShouldBe([4]);

        using var stop = new CancellationTokenSource();
        read = streams.GetQueueMessagesAsync(10, stop.Token);
        await stop.CancelAsync();
        (await read).ShouldBeEmpty();
        read = streams.GetQueueMessagesAsync(10, CancellationToken.None);
        await streams.Shutdown(TimeSpan.FromSeconds(1));
        (await read).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[WP12] when nobody takes what is published, the oldest goes")]
    public async Task Bounded()
    {
        var streams = new LocalStreams("mesh");
        for (var i = 0; i < LocalStreams.WaitingMax + 5; i++)
            await PublishAsync(streams, s_wall, i);

        var said = Said(await streams.GetQueueMessagesAsync(int.MaxValue));
        (said[0], said[^1], said.Count).ShouldBe((5, LocalStreams.WaitingMax + 4, LocalStreams.WaitingMax));
    }

    [Fact(DisplayName = "[WP12] whoever listens gets each item of its stream once, in order, from the one that made it listen")]
    public void Cursors()
    {
        var cache = new LocalStreamCache();
        var first = Item(s_wall, 7);
        cache.AddToCache([first, Item(s_other, 8)]);
        using var pin = cache.GetCacheCursor(s_wall, first.SequenceToken);
        using var one = cache.GetCacheCursor(s_wall, first.SequenceToken);
        Read(one).ShouldBe([7]);
        cache.AddToCache([Item(s_wall, 9)]);
        Purge(cache);

        // What nobody listens to went; what the pin still holds is there for whoever comes next.
        Read(one).ShouldBe([9]);
        using var two = cache.GetCacheCursor(s_wall, first.SequenceToken);
        Read(two).ShouldBe([7, 9]);
        Read(cache.GetCacheCursor(s_other, null)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[WP12] one who asks for what is gone begins with what is there, and misses nothing that comes")]
    public void Gone()
    {
        var cache = new LocalStreamCache();
        cache.AddToCache([Item(s_wall, 1)]);
        Purge(cache);
        using var late = cache.GetCacheCursor(s_wall, new EventSequenceTokenV2(1));
        Read(late).ShouldBeEmpty();
        cache.AddToCache([Item(s_wall, 5), Item(s_wall, 6)]);
        Read(late).ShouldBe([5, 6]);
        Read(late).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[WP12] one who does not keep up holds the others up until it has caught up or is gone, and not for good")]
    public void Pressure()
    {
        var cache = new LocalStreamCache();
        using var slow = cache.GetCacheCursor(s_wall, null);
        for (var i = 1; i <= LocalStreamCache.ItemsMax; i++)
        {
            cache.IsUnderPressure().ShouldBeFalse();
            cache.AddToCache([Item(s_wall, i)]);
        }

        Purge(cache);
        cache.IsUnderPressure().ShouldBeTrue();
        cache.GetMaxAddCount().ShouldBePositive();
        slow.Dispose();
        Purge(cache);
        cache.IsUnderPressure().ShouldBeFalse();
    }

    private static Task PublishAsync(LocalStreams streams, StreamId stream, int what) =>
        streams.QueueMessageBatchAsync(stream, [what], null, null);

    private static List<int> Said(IList<IBatchContainer> batches) =>
        [.. batches.SelectMany(batch => batch.GetEvents<int>()).Select(one => one.Item1)];

    private static IBatchContainer Item(StreamId stream, int number) =>
        new LocalStreams.Batch(stream, [number], new EventSequenceTokenV2(number));

    private static void Purge(LocalStreamCache cache) => cache.TryPurgeFromCache(out _).ShouldBeFalse();

    private static List<int> Read(IQueueCacheCursor cursor)
    {
        var read = new List<int>();
        while (cursor.MoveNextWithResult() == QueueCacheCursorMoveResult.Success)
            read.AddRange(cursor.GetCurrent(out _)!.GetEvents<int>().Select(one => one.Item1));

        return read;
    }
}
