using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Clocks;

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

    public int Returns { get; init; }

    public int Rework { get; init; }

    public int? Evaluation { get; init; }

    /// <summary>After a return: what its owner had left on the handling clock, and who that was.</summary>
    public TimeSpan? Remaining { get; init; }

    public string? ReturnedBy { get; init; }

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
        ClosedAt is { } closed ? ChinaTime.DayNumber(closed) : 0);

    public IncidentView ToView(ImmutableArray<HistoryEntry> history) => new(
        Number, Number.Grid, Step, Version, Report.Category, Report.Line, Report.Severity, Report.Description,
        Report.Position, Report.At, Report.Source, Report.Reporter, Owner, Desk, DueAt, Overdue, Returns, Rework,
        Evaluation, history);

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
        },
        IncidentResolved e => Enter(Step.Inspecting, e.InspectDue) with { Handler = e.By },
        InspectionPassed => Enter(Step.Feedback, due: null),
        InspectionFailed e => Enter(Step.Handling, e.HandleDue) with { Rework = Rework + 1 },
        ReporterTold => Close(Step.Closed, fact.At),
        IncidentEvaluated e => this with { Step = Step.Evaluated, Evaluation = e.Score },
        DeadlinePassed => this with { Overdue = true },
        _ => throw new InvalidOperationException($"{Number}: no fold for {fact.GetType().Name}"),
    };

    private IncidentState Enter(Step step, DateTimeOffset? due) =>
        this with { Step = step, DueAt = due, Overdue = false };

    private IncidentState Close(Step step, DateTimeOffset at) =>
        this with { Step = step, DueAt = null, Overdue = false, ClosedAt = at };
}
