namespace GridMesh.Load.Tests.Fanout;

public sealed class FanoutTests
{
    private const string Area =
        """{"code":"4","epoch":9,"version":4,"summary":{"open":1},"children":[],"incidents":[{"id":"i","step":"Reported"}],"workers":[{"id":"w","lng":1}]}""";

    [Theory(DisplayName = "[LO36] the product is met by 90 % of the bare hub's frames, 1.2 times its p99 and no more than its memory")]
    [InlineData(900, 120, 10_000d, 0)]
    [InlineData(890, 100, 10_000d, 2)]
    [InlineData(1_000, 130, 10_000d, 2)]
    [InlineData(1_000, 100, 10_100d, 1)]
    [InlineData(1_000, 100, null, 1)]
    public void Shares(int frames, int ageMs, double? memory, int missed) => FanoutScenario
        .Judge([Round(frames, ageMs, memory)], [Round(1_000, 100, 10_000)]).Count(verdict => !verdict.IsMet)
            .ShouldBe(missed);

    [Theory(DisplayName = "[LO37] a state is right when it stands where the product stands and holds the same")]
    [InlineData("\"version\":4", "\"version\":5", "stands at")]
    [InlineData("\"epoch\":9", "\"epoch\":8", "stands at")]
    [InlineData("\"open\":1", "\"open\":2", "numbers")]
    [InlineData("Reported", "Closed", "incidents")]
    [InlineData("\"lng\":1", "\"lng\":2", "workers")]
    [InlineData("\"workers\":[{\"id\":\"w\",\"lng\":1}]", "\"workers\":[]", "has 0 workers")]
    [InlineData("code", "code", null)]
    public void Differences(string was, string @is, string? what)
    {
        var state = new WallState();
        state.Wipe(JsonSerializer.Deserialize<JsonElement>(Area.Replace(was, @is)));
        var found = StateJudge.Difference(state, JsonSerializer.Deserialize<JsonElement>(Area));
        (found is null).ShouldBe(what is null);
        found?.ShouldContain(what!);
    }

    private static FanoutRound Round(int frames, int ageMs, double? memory) =>
        new("side", 10, 1, memory, Phase(frames, ageMs), Phase(frames, ageMs));

    private static FanoutPhase Phase(int frames, int ageMs)
    {
        var (tally, log) = (new FleetTally(), new AreaLog("4"));
        for (var i = 1; i <= frames; i++)
            tally.Frame(new FrameHead(9, i - 1, i, 0), 300, log, ageMs * TimeSpan.TicksPerMillisecond);
        return new FanoutPhase(1, tally, 0.5, 0.2);
    }
}
