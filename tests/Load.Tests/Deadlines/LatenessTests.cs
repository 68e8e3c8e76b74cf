using Step = GridMesh.Contracts.Codes.Step;

namespace GridMesh.Load.Tests.Deadlines;

public sealed class LatenessTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact(DisplayName = "[LO49] made cases fall due evenly within the span, over all grids, each number once")]
    public void Due()
    {
        var data = DemoDistrict.Generate();
        var records = new DueCases(data).Make(1_000, s_noon, TimeSpan.FromSeconds(60)).ToArray();
        var dues = records.Select(record => ((IncidentReported)IncidentHistory.Decode(record)).DispatchDue).ToArray();
        dues[0].ShouldBe(s_noon);
        dues[^1].ShouldBe(s_noon.AddSeconds(59.94), TimeSpan.FromMilliseconds(1));
        dues.ShouldBeInOrder();
        records.Select(record => record.Stream).Distinct().Count().ShouldBe(1_000);
        records.CountBy(record => record.Stream[..15]).ShouldAllBe(grid => grid.Value >= 2 && grid.Value <= 3);
    }

    [Fact(DisplayName = "[LO49] each deadline is counted once, by the time in its fact; twice, early and late ones are told")]
    public void Counts()
    {
        var lateness = new Lateness(4, null);
        lateness.Add(Passed("a", 0));
        lateness.Add(Passed("b", 40));
        lateness.Add(Passed("b", 40));
        lateness.Add(Passed("c", 1_500));
        lateness.Add(Passed("d", -5));
        lateness.Verdicts.Select(verdict => verdict.Found).SkipLast(1).ShouldBe(["3", "1", "0", "1"]);
        lateness.Verdicts.ShouldAllBe(verdict => verdict.Name.Contains("should not") || !verdict.IsMet);
        lateness.MaxMs.ShouldBe(1_500, 15);
    }

    [Fact(DisplayName = "[LO49] what fell due while nothing ran is judged from the moment at which something ran again")]
    public void Down()
    {
        var lateness = new Lateness(2, (s_noon.AddSeconds(-1), s_noon.AddSeconds(3)));
        lateness.Add(Passed("a", 3_200));
        lateness.Add(Passed("b", 2_000));
        lateness.WhileDown.ShouldBe(2);
        lateness.MaxMs.ShouldBe(200, 2);
        // Due half a second before the kill, and not written yet; what was due long before it had its second.
        var shortly = new Lateness(2, (s_noon.AddSeconds(0.5), s_noon.AddSeconds(3)));
        shortly.Add(Passed("a", 3_100));
        (shortly.WhileDown, Math.Round(shortly.MaxMs / 10)).ShouldBe((1, 10));
        var longBefore = new Lateness(2, (s_noon.AddSeconds(1.5), s_noon.AddSeconds(3)));
        longBefore.Add(Passed("a", 3_100));
        longBefore.WhileDown.ShouldBe(0);
    }

    private static JournalRecord Passed(string stream, double lateMs)
    {
        var fact = new DeadlinePassed(s_noon.AddMilliseconds(lateMs), "clock", Step.Reported, s_noon);
        return MadeRecord.Of(1, stream, 2, Guid.Empty, AreaCode.Parse("450105"), (IncidentFact)fact);
    }
}
