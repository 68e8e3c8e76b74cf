using System.Text.Json;
using GridMesh.Client;
using GridMesh.Load.Fanout;
using GridMesh.Load.Fleets;
using GridMesh.Load.Reports;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.Tests.Fanout;

public sealed class FanoutReportTests
{
    private const string Area =
        """{"code":"4","epoch":9,"version":4,"summary":{"open":1},"children":[],"incidents":[{"id":"i","step":"Reported"}],"workers":[{"id":"w","lng":1}]}""";

    [Theory(DisplayName = "[LO36] the product is met by 90 % of the bare hub's frames, 1.2 times its p99 and no more than its memory")]
    [InlineData(900, 120, 10_000, true)]
    [InlineData(890, 100, 10_000, false)]
    [InlineData(1_000, 130, 10_000, false)]
    [InlineData(1_000, 100, 10_100, false)]
    public void Shares(int frames, int ageMs, double memory, bool isMet) =>
        Compose(Round("product", frames, ageMs, memory)).IsMet.ShouldBe(isMet);

    [Fact(DisplayName = "[LO36] memory that could not be measured, a client that did not come and a gap each miss")]
    public void Misses()
    {
        Missed(Compose(Round("product", 1_000, 100, null))).ShouldBe(["memory of a client beside bare SignalR"]);
        Missed(Compose(Round("product", 1_000, 100, 10_000) with { Arrived = 9 })).ShouldBe(["clients that did not come"]);
        var gap = Round("product", 1_000, 100, 10_000);
        gap.Flood.Tally.Gap();
        Missed(Compose(gap)).ShouldBe(["gaps"]);
    }

    [Theory(DisplayName = "[LO37] a state is right when it stands where the product stands and holds the same")]
    [InlineData("\"version\":4", "\"version\":5", "stands at")]
    [InlineData("\"epoch\":9", "\"epoch\":8", "stands at")]
    [InlineData("\"open\":1", "\"open\":2", "numbers")]
    [InlineData("Reported", "Closed", "incidents")]
    [InlineData("\"lng\":1", "\"lng\":2", "workers")]
    [InlineData("\"workers\":[{\"id\":\"w\",\"lng\":1}]", "\"workers\":[]", "has 0 workers")]
    [InlineData("", "", null)]
    public void Differences(string was, string @is, string? what)
    {
        var state = new WallState();
        state.Wipe(JsonDocument.Parse(was.Length == 0 ? Area : Area.Replace(was, @is)).RootElement);
        var found = FanoutJudge.Difference(state, JsonDocument.Parse(Area).RootElement);
        (found is null).ShouldBe(what is null);
        found?.ShouldContain(what!);
    }

    private static IEnumerable<string> Missed(Report report) => report.Thresholds.Where(t => !t.IsMet).Select(t => t.Name);

    private static Report Compose(FanoutRound product) => FanoutReport.Compose(
        new FanoutOptions { Clients = 10 }, new ScenarioContext(TimeProvider.System, TextWriter.Null),
        [Round("bare", 1_000, 100, 10_000), product], "product", new Judgement(1, []), 0, 0);

    private static FanoutRound Round(string side, int frames, int ageMs, double? memory) =>
        new(side, 10, 1, memory, memory, Phase(frames, ageMs), Phase(frames, ageMs));

    private static FanoutPhase Phase(int frames, int ageMs)
    {
        var (tally, log) = (new FleetTally(), new AreaLog("4"));
        for (var i = 1; i <= frames; i++)
        {
            tally.Frame(new FrameHead(9, i - 1, i, 0), 300, log, ageMs * TimeSpan.TicksPerMillisecond);
        }

        return new FanoutPhase(1, tally, 0.5, 0.2);
    }
}
