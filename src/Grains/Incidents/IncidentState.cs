using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
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
        _ => state.Apply(fact) with { Version = state.Version + 1 },
    };

    public CaseRow ToRow() => new(
        Number, Version, Step, Report.Category, Report.Line, Report.Severity, Report.Source, Report.Description,
        Report.Position, Report.At, DueAt, Overdue, Owner, Desk, Report.AlarmKey, ChinaTime.DayNumber(Report.At),
        ClosedAt is { } closed ? ChinaTime.DayNumber(closed) : 0, AlsoLines.ToBits(), RungAt);

    public IncidentView ToView(ImmutableArray<HistoryEntry> history) => new(
        Number, Number.Grid, Step, Version, Report.Category, Report.Line, Report.Severity, Report.Description,
        Report.Position, Report.At, Report.Source, Report.Reporter, Owner, Desk, DueAt, Overdue, Returns, Rework,
        Evaluation, history, Marks == CaseMarks.None ? null : Marks, Report.Order, Reminders,
        Photos.IsEmpty ? null : Photos, AlsoLines.IsEmpty ? null : AlsoLines, Mediation);

    private IncidentState Apply(IncidentFact fact) => fact switch
    {
        IncidentSeenAgain => this with { LastSeenAt = fact.At },
        IncidentDispatched e => Enter(Step.Dispatched, e.AcceptDue) with { Owner = e.Owner },
        IncidentSelfHandled e => Enter(Step.Handling, e.HandleDue) with { Owner = e.Owner },
        IncidentRejected => Close(Step.Rejected, fact.At),
        IncidentAccepted e => Enter(Step.Handling, e.HandleDue) with { Remaining = null, ReturnedBy = null },
        IncidentReturned e => Enter(Step.Returned, due: null) with
        {
            Returns = Returns + 1,
            Remaining = e.Remaining,
            ReturnedBy = Owner,
            Owner = null,
            Marks = Decided,
        },
        IncidentResolved e => Enter(Step.Inspecting, e.InspectDue) with { Handler = e.By, Marks = Decided },
        InspectionPassed => Enter(Step.Feedback, due: null),
        InspectionFailed e => Enter(Step.Handling, e.HandleDue) with { Rework = Rework + 1 },
        ReporterTold => Close(Step.Closed, fact.At),
        IncidentEvaluated e => this with { Step = Step.Evaluated, Evaluation = e.Score },
        DeadlinePassed e => Supervise(SupervisionKind.Timeout, OneLevelMore) with
        {
            Overdue = true,
            RungAt = e.RungAt,
            WasLate = WasLate || e.Step is Step.Dispatched or Step.Handling,
        },
        _ => ApplyRest(fact),
    };

    private IncidentState ApplyRest(IncidentFact fact) => fact switch
    {
        IncidentReopened e => Enter(Step.Reported, e.DispatchDue) with
        {
            Owner = null,
            Evaluation = null,
            ClosedAt = null,
            Marks = Marks with { Reopens = Marks.Reopens + 1 },
        },
        RungPassed e => this with { Rungs = e.Rung, RungAt = e.RungAt },
        IncidentEscalated e => this with { Desk = e.Desk },
        IncidentHandedBack e => this with { Desk = e.Desk },
        ExtensionAsked e => Ask(new CaseRequest(RequestKind.Extension, e.Hours, e.Reason, e.At, e.By)),
        SuspensionAsked e => Ask(new CaseRequest(RequestKind.Suspension, null, e.Reason, e.At, e.By)),
        RequestRefused => this with { Marks = Decided },
        ExtensionGranted e => Enter(Step.Handling, e.HandleDue) with
        {
            Marks = Decided with { Extensions = Marks.Extensions + 1 },
        },
        IncidentSuspended e => Enter(Step.Handling, due: null) with
        {
            Paused = e.Remaining,
            Marks = Decided with { IsSuspended = true },
        },
        IncidentResumed e => Enter(Step.Handling, e.HandleDue) with
        {
            Paused = null,
            Marks = Marks with { IsSuspended = false },
        },
        IncidentSupervised e => Supervise(e.Kind, e.Level),
        IncidentReminded => Remind(),
        PhotoAdded e => this with { Photos = Photos.Add(e.Photo) },
        LinesCalled e => this with { AlsoLines = [.. AlsoLines.Union(e.Lines)] },
        IncidentNoted => this with { Notes = Notes + 1 },
        PartiesNamed e => this with
        {
            Mediation = (Mediation ?? new CaseMediation([], [], 0)) with
            {
                Parties = e.Parties,
                Namings = (Mediation?.Namings ?? 0) + 1,
            },
        },
        MediationHeld e when Mediation is { } mediation => this with
        {
            Mediation = mediation with { Sessions = mediation.Sessions.Add(e.Session) },
        },
        IncidentMerged e => Close(Step.Merged, fact.At) with { Marks = Marks with { MergedInto = e.Into } },
        MergedCaseTaken e => this with { Marks = Marks with { Merged = Marks.Merged.Add(e.From) } },
        DepartmentsSummoned e => this with
        {
            Marks = Marks with
            {
                Summons = Marks.Summons.AddRange(e.Departments.Select(id => new Summons(id, e.Due, null))),
            },
        },
        DepartmentCheckedIn e => this with { Marks = CheckedIn(e) },
        IncidentAppealed => this with { Marks = Marks with { Appeal = AppealState.Asked } },
        IncidentHandedOver e => this with { Owner = e.To },
        AppealReviewed e => this with { ReviewedBy = e.By, Marks = Marks with { Appeal = AfterReview(e.Grant) } },
        _ => throw new InvalidOperationException($"{Number}: no fold for {fact.GetType().Name}"),
    };

    /// <summary>The marks with nothing left to decide.</summary>
    private CaseMarks Decided => Marks with { Request = null };

    private int OneLevelMore => Math.Min((Marks.Supervision?.Level ?? 0) + 1, Supervision.LevelMax);

    private IncidentState Ask(CaseRequest request) => this with { Marks = Marks with { Request = request } };

    private IncidentState Supervise(SupervisionKind kind, int level) =>
        this with { Marks = Marks with { Supervision = new Supervision(kind, level) } };

    /// <summary>A reminder of a case that is late makes it more important.</summary>
    private IncidentState Remind() =>
        (Overdue ? Supervise(SupervisionKind.Important, OneLevelMore) : this) with { Reminders = Reminders + 1 };

    private CaseMarks CheckedIn(DepartmentCheckedIn e) => Marks with
    {
        Summons = [.. Marks.Summons.Select(summons =>
            summons.Department == e.Department && summons.CameAt is null ? summons with { CameAt = e.At } : summons)],
    };

    private AppealState AfterReview(bool grant) =>
        !grant ? AppealState.Refused
        : Marks.Appeal == AppealState.Asked ? AppealState.GrantedOnce
        : AppealState.Granted;

    private IncidentState Enter(Step step, DateTimeOffset? due) =>
        this with { Step = step, DueAt = due, Overdue = false, Rungs = 0, RungAt = null };

    private IncidentState Close(Step step, DateTimeOffset at) =>
        Enter(step, due: null) with { ClosedAt = at };
}
