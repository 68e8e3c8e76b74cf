using GridMesh.Contracts.Clocks;
using GridMesh.Grains.Clocks;
using Step = GridMesh.Contracts.Codes.Step;

namespace GridMesh.Load.Tests.Seeding;

public sealed class PastCasesTests
{
    private const int Count = 3_000;
    private static readonly DateOnly s_until = new(2026, 11, 24);
    private static readonly DirectoryData s_data = DemoDistrict.Generate();
    private static readonly PastCase[] s_cases = [.. new PastCases(s_data, 1, s_until).Make(Count)];

    [Fact(DisplayName = "[LO40] every past case is closed and evaluated, by 7 to 10 facts that follow each other in time and all lie before the given day")]
    public void Whole()
    {
        s_cases.Length.ShouldBe(Count);
        var until = ChinaTime.At(s_until.ToDateTime(TimeOnly.MinValue));
        foreach (var made in s_cases)
        {
            made.State!.Step.ShouldBe(Step.Evaluated);
            made.State.Evaluation!.Value.ShouldBeInRange(1, 5);
            made.Facts.Count.ShouldBeInRange(PastCases.FactsMin, 10);
            made.Facts.Select(entry => entry.Fact.At).ShouldBeInOrder();
            made.Facts[^1].Fact.At.ShouldBeLessThan(until);
            made.Facts[0].Fact.At.ShouldBeGreaterThanOrEqualTo(until.AddDays(-PastYear.Days));
        }
    }

    [Fact(DisplayName = "[LO40] a past case read back from its records is the same case, and no number and no command comes twice")]
    public void Readable()
    {
        var (numbers, commands) = (new HashSet<string>(), new HashSet<Guid>());
        foreach (var made in s_cases)
        {
            IncidentState? state = null;
            foreach (var record in PastCases.Records(made, 1))
            {
                commands.Add(record.CommandId).ShouldBeTrue();
                record.Version.ShouldBe((state?.Version ?? 0) + 1);
                state = IncidentState.Fold(state, CaseNumber.Parse(record.Stream), IncidentHistory.Decode(record));
            }
            state!.ToRow().ShouldBe(made.State!.ToRow());
            numbers.Add(made.State.Number.Value).ShouldBeTrue();
        }
    }

    [Fact(DisplayName = "[LO41] the same seed gives the same facts, another seed others")]
    public void Deterministic()
    {
        Print(new PastCases(s_data, 1, s_until).Make(200)).ShouldBe(Print(new PastCases(s_data, 1, s_until).Make(200)));
        Print(new PastCases(s_data, 2, s_until).Make(200))
            .ShouldNotBe(Print(new PastCases(s_data, 1, s_until).Make(200)));
    }

    [Fact(DisplayName = "[LO42] a year has exactly the cases that were asked for, more of them on working days and in office hours")]
    public void Spread()
    {
        var calendar = new WorkCalendar(s_data.Calendar);
        var moments = new PastYear(s_until, calendar).Moments(100_000, new Random(1)).ToArray();
        moments.Length.ShouldBe(100_000);
        moments.ShouldBeInOrder();
        var byDay = moments.CountBy(at => calendar.IsWorkday(ChinaTime.Day(at))).ToDictionary();
        var workdays = Enumerable.Range(1, PastYear.Days).Count(i => calendar.IsWorkday(s_until.AddDays(-i)));
        var (work, free) = ((double)byDay[true] / workdays, (double)byDay[false] / (PastYear.Days - workdays));
        (free / work).ShouldBeInRange(0.55, 0.65);
        var byHour = moments.CountBy(at => ChinaTime.Local(at).Hour).ToDictionary();
        byHour[10].ShouldBeGreaterThan(10 * byHour[3]);
        byHour.Count.ShouldBe(24);
    }

    private static string Print(IEnumerable<PastCase> cases) => string.Join(
        '\n',
        cases.SelectMany(made => made.Facts.Select(entry => $"{made.State!.Number} {entry.Command} {entry.Fact}")));
}
