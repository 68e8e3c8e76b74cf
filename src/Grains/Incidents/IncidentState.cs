using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>A case as the fold of its facts. Immutable; knows no clock and no engine.</summary>
public sealed record IncidentState
{
    public required CaseNumber Number { get; init; }

    /// <summary>Facts folded so far.</summary>
    public long Version { get; init; } = 1;

    public Step Step { get; init; }

    public required IncidentReported Report { get; init; }

    public string? Owner { get; init; }

    /// <summary>Who resolved it last: an inspection is somebody else's.</summary>
    public string? Handler { get; init; }

    public AreaCode Desk { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The deadline of the present step has passed.</summary>
    public bool Overdue { get; init; }

    /// <summary>Rungs of the ladder that came due since.</summary>
    public int Rungs { get; init; }

    /// <summary>When the next one is due; null where none is.</summary>
    public DateTimeOffset? RungAt { get; init; }

    public int Returns { get; init; }

    public int Rework { get; init; }

    public int? Evaluation { get; init; }

    /// <summary>After a return: what its owner had left on the handling clock, and who that was.</summary>
    public TimeSpan? Remaining { get; init; }

    public string? ReturnedBy { get; init; }

    /// <summary>What is left on the clock while it stands still.</summary>
    public TimeSpan? Paused { get; init; }

    /// <summary>A deadline of its owner's passed once: what can be appealed.</summary>
    public bool WasLate { get; init; }

    /// <summary>Who reviewed the appeal first.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>How often somebody asked when it will be done.</summary>
    public int Reminders { get; init; }

    public CaseMarks Marks { get; init; } = CaseMarks.None;

    public ImmutableArray<Photo> Photos { get; init; } = [];

    /// <summary>Lines that were called to it besides its own.</summary>
    public ImmutableArray<Line> AlsoLines { get; init; } = [];

    public int Notes { get; init; }

    /// <summary>Null until parties are named.</summary>
    public CaseMediation? Mediation { get; init; }

    /// <summary>What of people in it is gone, this part and those before it; null of nearly all.</summary>
    public PersonalPart? Erased { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The case after one more fact. The first has to be a report, and no later one may be.</summary>
    /// <exception cref="InvalidOperationException">The order of facts is broken.</exception>
    public static IncidentState Fold(IncidentState? state, CaseNumber number, IncidentFact fact) => (state, fact) switch
    {
        (null, IncidentReported report) => new IncidentState
        {
            Number = number,
            Report = report,
            Desk = number.Grid.Parent!.Value,
            DueAt = report.DispatchDue,
            LastSeenAt = report.At,
        },
        (null, _) or (_, IncidentReported) =>
            throw new InvalidOperationException($"{number}: {fact.GetType().Name} out of order"),
        _ => CaseTopics.Folds[fact.GetType()].Fold(state, fact) with { Version = state.Version + 1 },
    };

    /// <summary>Who a fact is by, is somebody who lives here.</summary>
    public static bool IsByResident(IFact fact, IncidentReported report) =>
        fact.By.Length > 0
        && (fact.By == report.Reporter || (report.Source == Source.Resident && fact.By == report.By));

    public CaseRow ToRow() => new(
        Number, Version, Step, Report.Category, Report.Line, Report.Severity, Report.Source, Report.Description,
        Report.Position, Report.At, DueAt, Overdue, Owner, Desk, Report.AlarmKey, ChinaTime.DayNumber(Report.At),
        ClosedAt is { } closed ? ChinaTime.DayNumber(closed) : 0, AlsoLines.ToBits(), RungAt);

    public IncidentView ToView(ImmutableArray<HistoryEntry> history) => new(
        Number, Number.Grid, Step, Version, Report.Category, Report.Line, Report.Severity, Report.Description,
        Report.Position, Report.At, Report.Source, Report.Reporter, Owner, Desk,
        Marks.IsSuspended && !Overdue ? null : DueAt, Overdue, Returns, Rework,
        Evaluation, history, Marks == CaseMarks.None ? null : Marks, Report.Order, Reminders,
        Photos.IsEmpty ? null : Photos, AlsoLines.IsEmpty ? null : AlsoLines, Mediation);

    /// <summary>The marks with nothing left to decide.</summary>
    internal CaseMarks Decided => Marks with { Request = null };

    internal bool IsClosed => Step is Step.Closed or Step.Evaluated;

    internal int OneLevelMore => Math.Min((Marks.Supervision?.Level ?? 0) + 1, Supervision.LevelMax);

    internal IncidentState Supervise(SupervisionKind kind, int level) =>
        this with { Marks = Marks with { Supervision = new Supervision(kind, level) } };

    internal IncidentState Enter(Step step, DateTimeOffset? due) =>
        this with { Step = step, DueAt = due, Overdue = false, Rungs = 0, RungAt = null };

    internal IncidentState Close(Step step, DateTimeOffset at) =>
        Enter(step, due: null) with { ClosedAt = at };
}
