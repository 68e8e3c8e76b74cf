using System.Text.Json;
using GridMesh.Clock.Fixture;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Json;
using GridMesh.Gateway.Areas;
using GridMesh.Product.Fixture;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace GridMesh.Gateway.Tests.Areas;

public sealed class SlowClientTests
{
    [Fact(DisplayName = "[SL1] a client that does not read gets the frames merged, without a gap, when it reads again")]
    public async Task Merged()
    {
        var time = new FakeTime();
        var slow = new SlowPeer();
        var client = new WallClient(slow.Connection, Message);
        client.Start(time);
        for (var version = 0; version < 500; version++)
        {
            var frame = Frame(version);
            client.Offer(frame, Message(frame), time);
        }

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
        var time = new FakeTime();
        var peer = new SlowPeer();
        var client = new WallClient(peer.Connection, Message);
        for (var version = 0; version < 5; version++)
        {
            client.Offer(Frame(version), Message(Frame(version)), time);
        }

        client.Start(time);
        var frame = (await peer.ReadAsync()).Single();
        (frame.From, frame.To).ShouldBe((0, 5));
    }

    [Fact(DisplayName = "[WP1] frames that do not follow each other are never merged")]
    public void NoGapMerge() => Should.Throw<ArgumentException>(() => FrameMerge.Merge(Frame(1), Frame(3)));

    [Fact(DisplayName = "[SL1] a merged frame does to any state what the two did one after the other")]
    public void MergeEqualsBoth()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var (a, b) = (Any(random, 0), Any(random, 1));
            var stepwise = new AreaModel(Empty());
            stepwise.Apply(a).ShouldBeTrue();
            stepwise.Apply(b).ShouldBeTrue();
            var atOnce = new AreaModel(Empty());
            atOnce.Apply(FrameMerge.Merge(a, b)).ShouldBeTrue();
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
            : new([.. Ids(random).Select(id => Dot(id, random.Next(100)))], [.. Ids(random).Select(id => $"gone-{id}")]),
    };

    private static IEnumerable<string> Ids(Random random) =>
        Enumerable.Range(0, random.Next(6)).Select(_ => $"w{random.Next(8)}").Distinct();

    private static GridMesh.Contracts.Workers.WorkerDot Dot(string id, int lng) =>
        new(id, lng, 0, GridMesh.Contracts.Workers.WorkerStatus.OnDuty, default(DateTimeOffset));

    private static AreaFrame Frame(long version) => new(
        AreaCode.Parse(SmallDistrict.Grid), 1, version, version + 1, default, Numbers((int)version), null, null,
        new([Dot($"w{version % 50}", (int)version)], []));

    private static AreaSummary Numbers(int count) => new([.. Enumerable.Repeat(count, AreaSummary.Width)]);

    private static SerializedHubMessage Message(AreaFrame frame) => new(new InvocationMessage("frame", [frame]));
}
