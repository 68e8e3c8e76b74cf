using System.Text;
using GridMesh.Clock.Fixture;
using GridMesh.Load.Fleets;

namespace GridMesh.Load.Tests.Fleets;

/// <summary>A client with a line that leads nowhere: what it hears is told to it, what it says is lost.</summary>
public sealed class FleetClientTests
{
    private readonly FakeTime _time = new();
    private readonly FleetContext _context;
    private readonly FleetClient _client;
    private readonly FleetLink _line;

    public FleetClientTests()
    {
        _context = new FleetContext(new Uri("http://127.0.0.1:1"), _ => "/", 1, _time);
        _client = new FleetClient(0, new AreaLog("4"), _context, keepsAll: true);
        _line = _context.Link(0, "4", _client);
    }

    [Fact(DisplayName = "[LO31] a client follows from a snapshot frame by frame and keeps what it is told")]
    public void Follows()
    {
        Hear(Snapshot(9, 4));
        Hear(Frame(9, 4, 5, "a"));
        Hear(Frame(9, 5, 8, "b"));
        (_client.IsCurrent, _client.Stand).ShouldBe((true, (9, 8)));
        _client.Read(state => state.Workers.Keys.Order().ToArray()).ShouldBe(["a", "b"]);
        _client.Read(state => state.Version).ShouldBe(8);
        (_context.Tally.Frames, _context.Tally.Changes, _context.Tally.Gaps, _context.Tally.Snapshots).ShouldBe((2, 4, 0, 1));
    }

    [Theory(DisplayName = "[LO31] a frame that does not fit is a gap, and the client is not current until it is answered")]
    [InlineData(9, 5, 6)]
    [InlineData(8, 4, 5)]
    [InlineData(9, 6, 6)]
    public void Gap(long epoch, long from, long to)
    {
        Hear(Snapshot(9, 4));
        Hear(Frame(epoch, from, to, "a"));
        (_client.IsCurrent, _context.Tally.Gaps).ShouldBe((false, 1));
        Hear(Resumed(Frame(9, 4, 5, "b"), Frame(9, 5, 6, "c")));
        (_client.IsCurrent, _client.Stand, _context.Tally.Resumes).ShouldBe((true, (9, 6), 1));
    }

    [Fact(DisplayName = "[LO31] what comes before the answer waits for it; what is held already changes nothing")]
    public void Early()
    {
        Hear(Frame(9, 3, 4, "a"));
        Hear(Frame(9, 4, 5, "b"));
        Hear(Snapshot(9, 4));
        (_client.IsCurrent, _client.Stand, _context.Tally.Gaps).ShouldBe((true, (9, 5), 0));
        _client.Read(state => state.Workers.Keys.ToArray()).ShouldBe(["b"]);
    }

    [Fact(DisplayName = "[LO31] frames since that do not fit are a gap")]
    public void Bad_resume()
    {
        Hear(Snapshot(9, 4));
        Hear(Resumed(Frame(9, 5, 6, "a")));
        (_client.IsCurrent, _context.Tally.Gaps).ShouldBe((false, 1));
    }

    [Fact(DisplayName = "[LO31] a line that ends by itself is a break with its reason, one that is cut on purpose is none")]
    public void Ends()
    {
        Hear(Snapshot(9, 4));
        _client.OnEnd(_line, "the server closed");
        (_client.IsCurrent, _context.Tally.Breaks).ShouldBe((false, 1));
        _context.Tally.Reasons["the server closed"].ShouldBe(1);
        _client.OnEnd(_line, null);
        _context.Tally.Breaks.ShouldBe(1);
        _client.Stand.ShouldBe((9, 4), "it comes back with what it held");
        Should.Throw<InvalidDataException>(() => Hear("""{"type":1,"target":"closing","arguments":["TooSlow"]}""")).Message.ShouldContain("TooSlow");
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
        (tally.Frames, tally.Changes).ShouldBe((3, 5));
        tally.Ages.Max.ShouldBe(TimeSpan.FromMilliseconds(30));
        tally.ChangeAges.Max.ShouldBe(TimeSpan.FromMilliseconds(230), "the first part was made at 100");
        tally.ChangeAges.Count.ShouldBe(5);

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

    [Theory(DisplayName = "[LO33] more clients than the system has files for are refused with what would do")]
    [InlineData(10_000, 20_000, null)]
    [InlineData(10_000, 10_400, "enough for 9900")]
    [InlineData(10_000, 100, "enough for 0")]
    [InlineData(10_000, null, null)]
    public void Files(int clients, int? limit, string? problem)
    {
        var found = FileLimit.Problem(clients, limit);
        (found is null).ShouldBe(problem is null);
        found?.ShouldContain(problem!);
    }

    [Fact(DisplayName = "[LO33] the limit of files is the one in force, as the kernel lists it")]
    public void Limit()
    {
        FileLimit.Parse("Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 524288               files     \n").ShouldBe(1_024);
        FileLimit.Parse("Max open files            unlimited            unlimited            files     \n").ShouldBeNull();
        FileLimit.Parse("").ShouldBeNull();
    }

    private void Hear(string record) => _client.OnRecord(_line, Encoding.UTF8.GetBytes(record));

    private static string Snapshot(long epoch, long version) =>
        $$$"""{"type":3,"invocationId":"1","result":{"kind":"snapshot","area":{"code":"4","epoch":{{{epoch}}},"version":{{{version}}},"summary":{},"children":[],"incidents":[],"workers":[] } } }""";

    private static string Resumed(params string[] frames) =>
        $$$"""{"type":3,"invocationId":"1","result":{"kind":"resumed","frames":[{{{string.Join(',', frames.Select(Body))}}}] } }""";

    private static string Body(string frame) => frame[(frame.IndexOf('[') + 1)..^2];

    private static string Frame(long epoch, long from, long to, string worker) =>
        $$$"""{"type":1,"target":"frame","arguments":[{"code":"4","epoch":{{{epoch}}},"from":{{{from}}},"to":{{{to}}},"at":"2026-01-05T08:00:00Z","workers":{"put":[{"id":"{{{worker}}}"}],"gone":[]}}]}""";
}
