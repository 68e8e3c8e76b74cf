using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Grids;

namespace GridMesh.Grains.Tests.Grids;

public sealed class GridCasesTests
{
    [Fact(DisplayName = "[RU3] a doubled or older row changes nothing")]
    public void Doubled()
    {
        var cases = new GridCases(Sample.Day);
        cases.Apply(Sample.Row(1, 2, Step.Dispatched)).ShouldBeTrue();
        cases.Apply(Sample.Row(1, 2, Step.Dispatched)).ShouldBeFalse();
        cases.Apply(Sample.Row(1, 1)).ShouldBeFalse();
        Summary(cases)[Step.Dispatched].ShouldBe(1);
        cases.Open.ShouldBe(1);
    }

    [Fact(DisplayName = "[RU3] any order with any doubling ends in the same counts as the last versions alone")]
    public void AnyOrder()
    {
        var random = new Random(42);
        for (var round = 0; round < 200; round++)
        {
            var rows = new List<CaseRow>();
            for (var serial = 1; serial <= 8; serial++)
            {
                for (var version = 1; version <= random.Next(1, 8); version++)
                {
                    var step = (Step)random.Next(10);
                    rows.Add(Sample.Row(
                        serial, version, step, (Line)random.Next(7), random.Next(2) == 0, null,
                        random.Next(3) == 0 ? "a" : null,
                        random.Next(2) == 0 ? Sample.Day : 20260301,
                        step.IsOpen() ? 0 : random.Next(2) == 0 ? Sample.Day : 20260301));
                }
            }

            var latest = new GridCases(Sample.Day);
            foreach (var row in rows.GroupBy(row => row.Number).Select(versions => versions.MaxBy(row => row.Version)!))
                latest.Apply(row);

            // A row that left the cases must not come back by an older version: its case is then found closed in the
            // index.
            var shuffled = new GridCases(Sample.Day);
            foreach (var row in rows.OrderBy(row => row.Version).ThenBy(_ => random.Next())
                .SelectMany(row => new[] { row, row }))
                shuffled.Apply(row);

            shuffled.Counts.SequenceEqual(latest.Counts).ShouldBeTrue();
            shuffled.Digest.ShouldBe(latest.Digest);
            Summary(shuffled).Open.ShouldBe(shuffled.Open);
        }
    }

    [Fact(DisplayName = "[RU12] open cases of severity Major are counted until they are closed")]
    public void Major()
    {
        var cases = new GridCases(Sample.Day);
        cases.Apply(Sample.Row(1, 1) with { Severity = Severity.Major });
        cases.Apply(Sample.Row(2, 1));
        Summary(cases)[Counter.MajorOpen].ShouldBe(1);
        cases.Apply(Sample.Row(1, 2, Step.Rejected) with { Severity = Severity.Major, ClosedDay = Sample.Day });
        Summary(cases)[Counter.MajorOpen].ShouldBe(0);
    }

    [Fact(DisplayName = "[RU7] a new day forgets what was closed and starts today's numbers at zero")]
    public void NewDay()
    {
        var cases = new GridCases(Sample.Day);
        cases.Apply(Sample.Row(1, 3, Step.Closed, closed: Sample.Day));
        cases.Apply(Sample.Row(2));
        var before = Summary(cases);
        (before[Counter.ReportedToday], before[Counter.ClosedToday]).ShouldBe((2, 1));

        cases.StartDay(Sample.Day + 1).ShouldBeTrue();
        cases.StartDay(Sample.Day + 1).ShouldBeFalse();
        var after = Summary(cases);
        SummaryCounts.All.Where(count => count.Kind == CountKind.Today).ShouldAllBe(count => count.In(after) == 0);
        after.Open.ShouldBe(1);
        cases.Digest.Cases.ShouldBe(1);
    }

    private static AreaSummary Summary(GridCases cases) => new([.. cases.Counts]);
}

public sealed class NumberIssuerTests
{
    private static readonly DateOnly s_today = new(2026, 3, 2);

    [Fact(DisplayName = "[CL5] numbers count up within a day and start anew on the next")]
    public void Counts()
    {
        var cases = new NumberIssuer(Sample.Grid);
        cases.Continue(s_today, 41);
        cases.Issue(Guid.NewGuid(), null, s_today)!.Value.Value.ShouldBe("450105001001001-260302-0042");
        cases.Issue(Guid.NewGuid(), null, s_today)!.Value.Serial.ShouldBe(43);
        cases.Issue(Guid.NewGuid(), null, s_today.AddDays(1))!.Value.Value.ShouldBe("450105001001001-260303-0001");
    }

    [Fact(DisplayName = "[ON1] the same command gets the same number")]
    public void SameCommand()
    {
        var cases = new NumberIssuer(Sample.Grid);
        var id = Guid.NewGuid();
        var number = cases.Issue(id, null, s_today);
        cases.Issue(Guid.NewGuid(), null, s_today).ShouldNotBe(number);
        cases.Issue(id, null, s_today).ShouldBe(number);
    }

    [Fact(DisplayName = "[PR4] an alarm has one number while its case is open and a new one afterwards")]
    public void SameAlarm()
    {
        var cases = new NumberIssuer(Sample.Grid);
        var first = cases.Issue(Guid.NewGuid(), "cam1", s_today)!.Value;
        cases.Issue(Guid.NewGuid(), "cam1", s_today).ShouldBe(first);
        cases.Issue(Guid.NewGuid(), "cam2", s_today).ShouldNotBe(first);
        cases.Follow(Sample.Row(first.Serial, 2, Step.Closed, alarm: "cam1", closed: Sample.Day));
        cases.Issue(Guid.NewGuid(), "cam1", s_today).ShouldNotBe(first);
    }

    [Fact(DisplayName = "[CL5] a day's numbers run out with a refusal, not with a doubled number")]
    public void RunsOut()
    {
        var cases = new NumberIssuer(Sample.Grid);
        cases.Continue(s_today, CaseNumber.SerialMax);
        cases.Issue(Guid.NewGuid(), null, s_today).ShouldBeNull();
    }
}

public sealed class GridStateTests
{
    [Fact(DisplayName = "[BO2] a full grid refuses the next report and takes one again when a case is closed")]
    public void Full()
    {
        var grid = new GridState(Sample.Grid, [], new GridLimits(2, TimeSpan.FromMinutes(5)), Sample.Day, Sample.Now);
        grid.Apply(Sample.Row(1));
        grid.Apply(Sample.Row(2));
        grid.Issue(Guid.NewGuid(), null, new DateOnly(2026, 3, 2)).Reject.ShouldBe(
            RejectCode.GridHoldsTooManyOpenCases);
        grid.Apply(Sample.Row(2, 2, Step.Closed, closed: Sample.Day));
        grid.Issue(Guid.NewGuid(), null, new DateOnly(2026, 3, 2)).Reject.ShouldBeNull();
    }

    [Fact(DisplayName = "[RU1] a grid's open cases are the sum over steps and the sum over lines")]
    public void Sums()
    {
        var grid = new GridState(Sample.Grid, [], new GridLimits(100, TimeSpan.FromMinutes(5)), Sample.Day, Sample.Now);
        for (var serial = 1; serial <= 12; serial++)
            grid.Apply(Sample.Row(serial, 1, (Step)(serial % 8), (Line)(serial % 7)));

        var summary = grid.Summary;
        Enum.GetValues<Step>().Where(step => step.IsOpen()).Sum(step => summary[step]).ShouldBe(summary.Open);
        Enum.GetValues<Line>().Sum(line => summary[line]).ShouldBe(summary.Open);
    }
}
