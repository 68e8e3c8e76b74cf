using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Areas;

/// <summary>What a summary counts besides open cases by step and by line; the value is the id of the count.</summary>
public enum Counter
{
    Overdue = 0,
    ReportedToday = 1,
    ClosedToday = 2,
    WorkersTotal = 3,
    WorkersOnDuty = 4,
    PatrolsDue = 5,
    PatrolsDone = 6,
    PatrolsMissed = 7,
    AlarmsOpen = 8,

    /// <summary>Areas and grids that cannot be woken: what they count is not in the other numbers, or stale.</summary>
    AreasAbsent = 22,

    /// <summary>Open cases of the highest severity 重大.</summary>
    MajorOpen = 23,
}

/// <summary>
/// The numbers of a summary, in the order in which JSON has them. Processes of two versions tell them apart by their
/// ids: a new one gets <see cref="Width"/> as its id, no id is ever given again or to another number, and whoever does
/// not know an id passes over it. The wire (a vector by id) and JSON are both written and read from this table.
/// </summary>
public static class SummaryCounts
{
    private static readonly ImmutableArray<(Step Step, int Id)> s_steps =
    [
        (Step.Reported, 9), (Step.Dispatched, 10), (Step.Handling, 11), (Step.Returned, 12), (Step.Inspecting, 13),
        (Step.Feedback, 14),
    ];

    private static readonly ImmutableArray<(Line Line, int Id)> s_lines =
    [
        (Line.PartyBuilding, 15), (Line.PublicSecurity, 16), (Line.CivilAffairs, 17), (Line.UrbanManagement, 18),
        (Line.Petitions, 19), (Line.Emergency, 20), (Line.Epidemic, 21),
    ];

    private static readonly int[] s_idOfStep = IdsBy(s_steps.Select(entry => ((int)entry.Step, entry.Id)));
    private static readonly int[] s_idOfLine = IdsBy(s_lines.Select(entry => ((int)entry.Line, entry.Id)));

    /// <summary>Open cases: equals the sum over steps, and that over lines.</summary>
    public static readonly SummaryCount Open =
        new("incidents.open", CountKind.Standing, [.. s_steps.Select(entry => entry.Id)]);

    public static readonly ImmutableArray<SummaryCount> All =
    [
        Open,
        .. s_steps.Select(entry => new SummaryCount($"incidents.byStep.{entry.Step}", CountKind.Standing, entry.Id)),
        .. s_lines.Select(entry => new SummaryCount($"incidents.byLine.{entry.Line}", CountKind.Standing, entry.Id)),
        Of("incidents.overdue", CountKind.Standing, Counter.Overdue),
        Of("incidents.major", CountKind.Standing, Counter.MajorOpen),
        Of("incidents.reportedToday", CountKind.Today, Counter.ReportedToday),
        Of("incidents.closedToday", CountKind.Today, Counter.ClosedToday),
        Of("workers.total", CountKind.Standing, Counter.WorkersTotal),
        Of("workers.onDuty", CountKind.Standing, Counter.WorkersOnDuty),
        Of("patrols.due", CountKind.Standing, Counter.PatrolsDue),
        Of("patrols.done", CountKind.Today, Counter.PatrolsDone),
        Of("patrols.missed", CountKind.Today, Counter.PatrolsMissed),
        Of("alarms.open", CountKind.Standing, Counter.AlarmsOpen),
        Of("areas.absent", CountKind.Standing, Counter.AreasAbsent),
    ];

    /// <summary>Places of the vector: one more than the highest id.</summary>
    public static readonly int Width = All.SelectMany(count => count.Ids).Max() + 1;

    /// <summary>Only open steps are counted.</summary>
    public static int IdOf(Step step) => s_idOfStep[(int)step];

    public static int IdOf(Line line) => s_idOfLine[(int)line];

    private static SummaryCount Of(string path, CountKind kind, Counter counter) => new(path, kind, (int)counter);

    private static int[] IdsBy(IEnumerable<(int Value, int Id)> entries)
    {
        var byValue = entries.ToArray();
        var ids = new int[byValue.Max(entry => entry.Value) + 1];
        foreach (var (value, id) in byValue)
            ids[value] = id;

        return ids;
    }
}
