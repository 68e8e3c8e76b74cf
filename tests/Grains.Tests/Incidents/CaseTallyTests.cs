using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Kpis;
using GridMesh.Grains.Incidents;
using GridMesh.Grains.Kpis;

namespace GridMesh.Grains.Tests.Incidents;

public sealed class CaseTallyTests
{
    private readonly Dictionary<KpiCounter, long> _sums = [];
    private readonly List<Tally> _tallies = [];
    private DateTimeOffset _now = Sample.Now;
    private CaseTally? _tally;

    [Fact(DisplayName = "[TD8] every kind of fact of a case that is counted is counted as something")]
    public void Considered()
    {
        foreach (var kind in CaseFactAttribute.All.Keys)
            CaseTally.Fold(null, (IncidentFact)RuntimeHelpers.GetUninitializedObject(kind), out _);
    }

    [Fact(DisplayName = "[KP5] a case that goes its way is counted once at each step, with the minutes it took")]
    public void Straight()
    {
        Report(Source.Resident);
        After(10, new IncidentDispatched(_now, "d", "w1", _now));
        After(5, new IncidentAccepted(_now, "w1", _now));
        After(60, new IncidentResolved(_now, "w1", "ok", [], _now));
        After(5, new InspectionPassed(_now, "i", null));
        After(5, new ReporterTold(_now, "d", "done"));
        After(5, new IncidentEvaluated(_now, "r", 4, null));
        Sums().ShouldBe([
            (KpiCounter.Reported, 1), (KpiCounter.Filed, 1), (KpiCounter.PublicFiled, 1), (KpiCounter.Missed, 1),
            (KpiCounter.Dispatched, 1), (KpiCounter.DispatchSeconds, 600), (KpiCounter.Accepted, 1),
            (KpiCounter.AcceptSeconds, 300), (KpiCounter.Handled, 1), (KpiCounter.HandledInTime, 1),
            (KpiCounter.HandleSeconds, 3600), (KpiCounter.Inspected, 1), (KpiCounter.Closed, 1),
            (KpiCounter.ClosedInTime, 1),
            (KpiCounter.Scores, 1), (KpiCounter.ScoreSum, 4),
        ]);
    }

    [Fact(DisplayName = "[KP5] a case that is returned, done again and taken up again counts each of it, and is filed once")]
    public void Crooked()
    {
        Report(Source.Worker);
        After(1, new IncidentDispatched(_now, "d", "w1", _now));
        After(1, new IncidentReturned(_now, "w1", "not mine", null));
        After(2, new IncidentDispatched(_now, "d", "d1", _now));
        After(1, new IncidentAccepted(_now, "d1", _now));
        After(1, new IncidentResolved(_now, "d1", "ok", [], _now));
        After(1, new InspectionFailed(_now, "i", "no", _now));
        After(1, new IncidentResolved(_now, "d1", "ok", [], _now));
        After(1, new InspectionPassed(_now, "i", null));
        After(1, new ReporterTold(_now, "d", "done"));
        After(1, new IncidentReopened(_now, "r", "again", _now));
        After(1, new IncidentSeenAgain(_now, "r", "again"));
        var sums = Sums().ToDictionary(sum => sum.Item1, sum => sum.Item2);
        sums[KpiCounter.Filed].ShouldBe(1);
        sums.ShouldNotContainKey(KpiCounter.PublicFiled);
        sums.ShouldNotContainKey(KpiCounter.Missed);
        (sums[KpiCounter.Dispatched], sums[KpiCounter.Returned], sums[KpiCounter.DispatchSeconds])
            .ShouldBe((2, 1, 180));
        (sums[KpiCounter.Handled], sums[KpiCounter.Inspected], sums[KpiCounter.Reworked]).ShouldBe((2, 2, 1));
        (sums[KpiCounter.Closed], sums[KpiCounter.Reopened], sums[KpiCounter.Repeated]).ShouldBe((1, 1, 1));
        _tallies.Single(tally => Has(tally, KpiCounter.Returned)).Owner.ShouldBe("w1");
        _tallies.Single(tally => Has(tally, KpiCounter.Reopened)).Owner.ShouldBe("d1");
    }

    [Fact(DisplayName = "[KP6] an appeal that wins takes the case out of the rates of the hour where it was late; the lateness stays counted")]
    public void Appeal()
    {
        Report(Source.Worker);
        After(1, new IncidentDispatched(_now, "d", "w1", _now));
        After(1, new IncidentAccepted(_now, "w1", _now));
        After(90, new DeadlinePassed(_now, "clock", Step.Handling, _now));
        After(1, new IncidentResolved(_now, "w1", "ok", [], _now));
        var handledAt = _now;
        After(1, new InspectionPassed(_now, "i", null));
        After(1, new ReporterTold(_now, "d", "done"));
        After(5000, new IncidentAppealed(_now, "w1", "flood"));
        After(1, new AppealReviewed(_now, "i1", true, null));
        Sums().ToDictionary(sum => sum.Item1, sum => sum.Item2).ShouldNotContainKey(KpiCounter.HandledExempt);
        After(1, new AppealReviewed(_now, "i2", true, null));
        var sums = Sums().ToDictionary(sum => sum.Item1, sum => sum.Item2);
        (sums[KpiCounter.Handled], sums[KpiCounter.HandledExempt], sums[KpiCounter.Overdue]).ShouldBe((1, 1, 1));
        (sums[KpiCounter.Closed], sums[KpiCounter.ClosedExempt]).ShouldBe((1, 1));
        sums.ShouldNotContainKey(KpiCounter.HandledInTime);
        var exempt = _tallies.Single(tally => Has(tally, KpiCounter.HandledExempt));
        (exempt.At, exempt.Owner).ShouldBe((handledAt, "w1"));
    }

    [Fact(DisplayName = "[KP5] counts go to the areas of the grid, the owner and the owner's post")]
    public void Subjects()
    {
        var tally = new Tally(_now, "w1", [new KpiCount(KpiCounter.Handled, 1)]);
        KpiEntries.Of(Sample.Number, [tally], Sample.Directory).ShouldHaveSingleItem().Subjects.ShouldBe([
            "450105001001001", "450105001001", "450105001", "450105", "w:w1", "p:450105:Worker", "p:450105001:Worker",
        ]);
        KpiEntries.Of(Sample.Number, [tally with { Owner = "d1" }], Sample.Directory)
            .ShouldHaveSingleItem().Subjects[^1].ShouldBe("d:d1");
        KpiEntries.Of(Sample.Number, [tally with { Owner = null }], Sample.Directory)
            .ShouldHaveSingleItem().Subjects.Length.ShouldBe(4);
        KpiEntries.Of(Sample.Number, [tally with { Counts = [] }], Sample.Directory).ShouldBeEmpty();
    }

    private static bool Has(Tally tally, KpiCounter counter) => tally.Counts.Any(count => count.Counter == counter);

    private IEnumerable<(KpiCounter, long)> Sums() => _sums.OrderBy(sum => sum.Key).Select(sum => (sum.Key, sum.Value));

    private void Report(Source source) => After(0, new IncidentReported(
        _now, "r", "litter", Line.UrbanManagement, Severity.Normal, "text", null, source, null, null, _now));

    private void After(double minutes, IncidentFact fact)
    {
        _now = _now.AddMinutes(minutes);
        _tally = CaseTally.Fold(_tally, fact with { At = _now }, out var tallies);
        _tallies.AddRange(tallies);
        foreach (var count in tallies.SelectMany(tally => tally.Counts))
            _sums[count.Counter] = _sums.GetValueOrDefault(count.Counter) + count.Value;
    }
}
