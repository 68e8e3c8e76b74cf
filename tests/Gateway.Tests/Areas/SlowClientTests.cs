using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Gateway.Areas;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Gateway.Tests.Areas;

public sealed class SlowClientTests
{
    [Fact(DisplayName = "[SL1] a client that does not read gets the frames merged, without a gap, when it reads again")]
    public async Task Merged()
    {
        var slow = new SlowPeer();
        var feed = new Feed(new FakeTimeProvider());
        var client = feed.Join(slow);
        client.Start();
        for (var version = 0; version < 500; version++)
            feed.Broadcast(Frame(version));

        var frames = new List<AreaFrame>();
        var version2 = 0L;
        while (version2 < 500)
        {
            foreach (var frame in await slow.ReadAsync())
            {
                frame.From.ShouldBe(version2);
                version2 = frame.To;
                frames.Add(frame);
            }
        }

        frames.Count.ShouldBeLessThan(250);
        frames.SelectMany(frame => frame.Workers!.Put.Select(dot => dot.Id)).Distinct().Count().ShouldBe(50);
        frames[^1].Summary!.ShouldBe(Numbers(499));
    }

    [Fact(DisplayName = "[SL1] before it may start a client holds the frames back and then sends them as one")]
    public async Task HeldBack()
    {
        var peer = new SlowPeer();
        var feed = new Feed(new FakeTimeProvider());
        var client = feed.Join(peer);
        for (var version = 0; version < 5; version++)
            feed.Broadcast(Frame(version));

        client.Start();
        var frame = (await peer.ReadAsync()).Single();
        (frame.From, frame.To).ShouldBe((0, 5));
    }

    [Fact(DisplayName = "[SL1] clients that stand at the same place share one merged frame")]
    public void Shared()
    {
        var ring = new FrameRing(new FakeTimeProvider());
        for (var version = 0; version < 5; version++)
            ring.Add(new ReadyFrame(Frame(version)));

        var merged = ring.Merged(new Since(1, 2), 1, 5).ShouldNotBeNull();
        (merged.Frame.From, merged.Frame.To).ShouldBe((2, 5));
        ring.Merged(new Since(1, 2), 1, 5).ShouldBeSameAs(merged);
        ring.Add(new ReadyFrame(Frame(5)));
        ring.Merged(new Since(1, 2), 1, 6).ShouldNotBeNull().Frame.To.ShouldBe(6);
        ring.Merged(new Since(2, 2), 1, 6).ShouldBeNull("another epoch leads nowhere");
    }

    [Fact(DisplayName = "[SL1] frames are kept for as long as a client may take for one, and no longer than there is room")]
    public void Kept()
    {
        var time = new FakeTimeProvider();
        var ring = new FrameRing(time);
        for (var version = 0; version < FrameRing.FramesMax * 2; version++)
            ring.Add(new ReadyFrame(Frame(version)));

        ring.Merged(new Since(1, 0), 1, FrameRing.FramesMax * 2).ShouldNotBeNull("all of them are young");
        time.Advance(FrameRing.YoungAge + TimeSpan.FromSeconds(1));
        ring.Add(new ReadyFrame(Frame(FrameRing.FramesMax * 2)));
        ring.Merged(new Since(1, FrameRing.FramesMax), 1, (FrameRing.FramesMax * 2) + 1)
            .ShouldBeNull("the old ones are gone");
        ring.Merged(new Since(1, FrameRing.FramesMax + 1), 1, (FrameRing.FramesMax * 2) + 1).ShouldNotBeNull();
        for (var version = 0; version < FrameRing.YoungMax + 1; version++)
            ring.Add(new ReadyFrame(Frame((FrameRing.FramesMax * 2) + 1 + version)));

        var end = (FrameRing.FramesMax * 2) + 2 + FrameRing.YoungMax;
        ring.Merged(new Since(1, end - FrameRing.YoungMax), 1, end).ShouldNotBeNull();
        ring.Merged(new Since(1, end - FrameRing.YoungMax - 1), 1, end).ShouldBeNull("there is no more room");
    }

    [Fact(DisplayName = "[WP1, SL1] a client that stands where nothing leads on from is told where the area is, once")]
    public async Task ToldOnce()
    {
        var peer = new SlowPeer();
        var feed = new Feed(new FakeTimeProvider());
        var client = feed.Join(peer);
        feed.Broadcast(Frame(0));
        feed.Forget();
        client.Start();
        var notice = (await peer.ReadAsync()).Single();
        (notice.From, notice.To).ShouldBe((1, 1));
        feed.Broadcast(Frame(1));
        (await peer.ReadAsync()).Single().From.ShouldBe(1);
    }

    [Fact(DisplayName = "[WP1] frames that do not follow each other are never merged")]
    public void NoGapMerge() => Should.Throw<ArgumentException>(() => FrameMerge.Merge([Frame(1), Frame(3)]));

    [Fact(DisplayName = "[SL1] a merged frame does to any state what the three did one after the other")]
    public void MergeEqualsBoth()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var (a, b, c) = (Any(random, 0), Any(random, 1), Any(random, 2));
            var stepwise = new AreaModel(Empty());
            stepwise.Apply(a).ShouldBeTrue();
            stepwise.Apply(b).ShouldBeTrue();
            stepwise.Apply(c).ShouldBeTrue();
            var atOnce = new AreaModel(Empty());
            atOnce.Apply(FrameMerge.Merge([a, b, c])).ShouldBeTrue();
            Sorted(atOnce.Snapshot).ShouldBe(Sorted(stepwise.Snapshot));
        }
    }

    private static string Sorted(AreaSnapshot snapshot) => JsonSerializer.Serialize(
        snapshot with { Workers = [.. snapshot.Workers.OrderBy(dot => dot.Id)] }, MeshJson.Options);

    private static AreaSnapshot Empty() => new(
        AreaCode.Parse(SmallDistrict.Grid), "", Tier.Grid, null, 1, 0, default, AreaSummary.Zero, [], [], []);

    private static AreaFrame Any(Random random, long version) => Frame(version) with
    {
        Summary = random.Next(2) == 0 ? null : Numbers(random.Next(100)),
        Workers = random.Next(4) == 0
            ? null
            : new(
                [.. Ids(random).Select(id => Dot(id, random.Next(100)))], [.. Ids(random).Select(id => $"gone-{id}")]),
    };

    private static IEnumerable<string> Ids(Random random) =>
        Enumerable.Range(0, random.Next(6)).Select(_ => $"w{random.Next(8)}").Distinct();

    private static GridMesh.Contracts.Workers.WorkerDot Dot(string id, int lng) =>
        new(id, lng, 0, GridMesh.Contracts.Workers.WorkerStatus.OnDuty, default(DateTimeOffset));

    private static AreaFrame Frame(long version) => new(
        AreaCode.Parse(SmallDistrict.Grid), 1, version, version + 1, default, Numbers((int)version), null, null,
        new([Dot($"w{version % 50}", (int)version)], []));

    private static AreaSummary Numbers(int count) => new([.. Enumerable.Repeat(count, AreaSummary.Width)]);

    /// <summary>A channel's frames without its stream.</summary>
    private sealed class Feed(FakeTimeProvider time) : IFrameFeed
    {
        private readonly FrameRing _ring = new(time);
        private readonly List<WallClient> _clients = [];
        private long _version;

        public Lock Gate { get; } = new();

        public WallClient Join(SlowPeer peer)
        {
            var client = new WallClient(peer.Connection, this, new Since(1, _version), time);
            _clients.Add(client);
            return client;
        }

        public void Forget() => _ring.Clear();

        public void Broadcast(AreaFrame frame)
        {
            var ready = new ReadyFrame(frame);
            lock (Gate)
            {
                _version = frame.To;
                _ring.Add(ready);
                _clients.ForEach(client => client.Offer(ready));
            }
        }

        public bool IsPresent(long epoch, long version) => (epoch, version) == (1, _version);

        public ReadyFrame? Next(long epoch, long version) => IsPresent(epoch, version)
            ? null
            : _ring.Merged(new Since(epoch, version), 1, _version)
                ?? new ReadyFrame(Frame(_version) with { From = _version, To = _version });
    }
}
