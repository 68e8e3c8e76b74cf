namespace GridMesh.Load.Tests.Fanout;

/// <summary>A client with a line that leads nowhere: what it hears is told to it, what it says is lost.</summary>
public sealed class FleetClientTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Fleet _fleet;
    private readonly FleetClient _client;

    public FleetClientTests()
    {
        _fleet = new Fleet(new Uri("http://127.0.0.1:1"), _ => "/", _time, 1, _ => new AreaLog("4"), _ => true);
        _client = _fleet.Clients[0];
    }

    [Fact(DisplayName = "[LO31] a client follows from a snapshot frame by frame and keeps what it is told")]
    public void Follows()
    {
        Hear(Snapshot(9, 4));
        Hear(Frame(9, 4, 5, "a"));
        Hear(Frame(9, 5, 8, "b"));
        (_client.IsCurrent, Stand).ShouldBe((true, (9, 8)));
        _client.Read(state => state.Workers.Keys.Order().ToArray()).ShouldBe(["a", "b"]);
        _client.Read(state => state.Version).ShouldBe(8);
        var tally = _fleet.Tally;
        (tally.Frames.Value, tally.Changes.Value, tally.Gaps.Value, tally.Snapshots.Value).ShouldBe((2, 4, 0, 1));
    }

    [Theory(DisplayName = "[LO31] a frame that does not fit is a gap, and the client is not current until it is answered")]
    [InlineData(9, 5, 6)]
    [InlineData(8, 4, 5)]
    [InlineData(9, 6, 6)]
    public void Gap(long epoch, long from, long to)
    {
        Hear(Snapshot(9, 4));
        Hear(Frame(epoch, from, to, "a"));
        (_client.IsCurrent, _fleet.Tally.Gaps.Value).ShouldBe((false, 1));
        Hear(Resumed(Frame(9, 4, 5, "b"), Frame(9, 5, 6, "c")));
        (_client.IsCurrent, Stand, _fleet.Tally.Resumes.Value).ShouldBe((true, (9, 6), 1));
    }

    [Fact(DisplayName = "[LO31] what comes before the answer waits for it; what is held already changes nothing")]
    public void Early()
    {
        Hear(Frame(9, 3, 4, "a"));
        Hear(Frame(9, 4, 5, "b"));
        Hear(Snapshot(9, 4));
        (_client.IsCurrent, Stand, _fleet.Tally.Gaps.Value).ShouldBe((true, (9, 5), 0));
        _client.Read(state => state.Workers.Keys.ToArray()).ShouldBe(["b"]);
    }

    [Fact(DisplayName = "[LO31] a line that cannot be made or ends by itself is a break with its reason, and what is held stays")]
    public async Task Ends()
    {
        Hear(Snapshot(9, 4));
        (await _client.ComeAsync()).ShouldBeFalse();
        (_client.IsCurrent, _fleet.Tally.Breaks.Value).ShouldBe((false, 1));
        _fleet.Tally.Reasons.ShouldHaveSingleItem().ShouldStartWith("1 x ");
        Stand.ShouldBe((9, 4), "it comes back with what it held");
        Should.Throw<InvalidDataException>(
            () => Hear("""{"type":1,"target":"closing","arguments":["TooSlow"]}""")).Message.ShouldContain("TooSlow");
    }

    [Fact(DisplayName = "[LO32] the age of a frame counts from its making, and each part of a merged one for itself")]
    public void Ages()
    {
        var log = new AreaLog("4");
        var start = _time.GetUtcNow().UtcTicks;
        var tally = new FleetTally();
        tally.Frame(Head(1, 2, 100), 10, log, At(110));
        tally.Frame(Head(2, 3, 200), 10, log, At(220));
        tally.Frame(Head(1, 4, 300), 10, log, At(330));
        (tally.Frames.Value, tally.Changes.Value).ShouldBe((3, 5));
        tally.ChangeAges.Ms(100).ShouldBe(230, 2, "the first part was made at 100");
        tally.ChangeAges.TotalCount.ShouldBe(5);
        long At(int ms) => start + (ms * TimeSpan.TicksPerMillisecond);
        FrameHead Head(long from, long to, int ms) => new(9, from, to, At(ms));
    }

    [Fact(DisplayName = "[LO32] where nobody got a part alone, the nearest known one before it counts: an age is never too young")]
    public void Unknown_age()
    {
        var log = new AreaLog("4");
        log.Note(new FrameHead(9, 4, 5, 500));
        log.Note(new FrameHead(9, 7, 8, 800));
        log.MadeAt(8, 5, -1).ShouldBe(800);
        log.MadeAt(7, 5, -1).ShouldBe(500);
        log.MadeAt(7, 6, -1).ShouldBe(-1);
        log.Note(new FrameHead(10, 0, 1, 900));
        log.MadeAt(8, 5, -1).ShouldBe(-1, "another epoch is another story");
    }

    private (long Epoch, long Version) Stand => _client.Read(state => (state.Epoch, state.Version));

    private void Hear(string record) => _client.Take(Encoding.UTF8.GetBytes(record));

    private static string Snapshot(long epoch, long version) =>
        $$$"""{"type":3,"invocationId":"1","result":{"kind":"snapshot","area":{"code":"4","epoch":{{{epoch}}},"version":{{{version}}},"summary":{},"children":[],"incidents":[],"workers":[] } } }""";

    private static string Resumed(params string[] frames) =>
        $$$"""{"type":3,"invocationId":"1","result":{"kind":"resumed","frames":[{{{string.Join(',', frames.Select(Body))}}}] } }""";

    private static string Body(string frame) => frame[(frame.IndexOf('[') + 1)..^2];

    private static string Frame(long epoch, long from, long to, string worker) =>
        $$$"""{"type":1,"target":"frame","arguments":[{"code":"4","epoch":{{{epoch}}},"from":{{{from}}},"to":{{{to}}},"at":"2026-01-05T08:00:00Z","workers":{"put":[{"id":"{{{worker}}}"}],"gone":[]}}]}""";
}
