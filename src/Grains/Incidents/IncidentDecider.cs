using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;

namespace GridMesh.Grains.Incidents;

/// <summary>What a command comes to: facts, or why not. No facts and no reject: it is so already.</summary>
public readonly record struct Decision(RejectCode? Reject, ImmutableArray<IncidentFact> Facts)
{
    public static implicit operator Decision(RejectCode reject) => new(reject, []);

    public static implicit operator Decision(IncidentFact fact) => new(null, [fact]);
}

/// <summary>
/// The guards of the closed loop (table in DOMAIN "The closed loop"). Pure: the case, the command and the moment in,
/// facts or a reject out.
/// </summary>
public sealed partial class IncidentDecider(DirectoryView directory, WorkCalendar calendar)
{
    private readonly Ladders _ladders = new(directory.Data.Ladders);

    /// <summary>Decides a command on a case; <paramref name="state"/> is null while there is none.</summary>
    public Decision Decide(IncidentState? state, CaseNumber number, IncidentCommand command, DateTimeOffset now)
    {
        if (command is ReportIncident report)
        {
            return state is null ? Report(number, report, now) : Again(state, report, now);
        }

        return state is null ? RejectCode.CaseNotFound
            : !MayWorkOn(state, command) ? RejectCode.LineIsOutsideYourOwn
            : OnCase(state, command, now);
    }

    private Decision OnCase(IncidentState state, IncidentCommand command, DateTimeOffset now) => command switch
    {
        DispatchIncident c => Dispatch(state, c, now),
        SelfHandleIncident c => SelfHandle(state, c, now),
        RejectIncident c => Reject(state, c, now),
        AcceptIncident c => Accept(state, c, now),
        ReturnIncident c => Return(state, c, now),
        ResolveIncident c => Resolve(state, c, now),
        InspectIncident c => Inspect(state, c, now),
        TellReporter c => Tell(state, c, now),
        EvaluateIncident c => Evaluate(state, c, now),
        _ => Beside(state, command, now),
    };

    /// <summary>What does not lead from one step to the next.</summary>
    private Decision Beside(IncidentState state, IncidentCommand command, DateTimeOffset now) => command switch
    {
        ReopenIncident c => Reopen(state, c, now),
        EscalateIncident c => Escalate(state, c, now),
        HandBackIncident c => HandBack(state, c, now),
        AskExtension c => AskForExtension(state, c, now),
        SuspendIncident c => Suspend(state, c, now),
        DecideRequest c => DecideOnRequest(state, c, now),
        ResumeIncident c => Resume(state, c, now),
        SuperviseIncident c => Supervise(state, c, now),
        MergeIncident c => Merge(state, c, now),
        TakeMerged c => Take(state, c, now),
        AppealIncident c => Appeal(state, c, now),
        ReviewAppeal c => Review(state, c, now),
        SummonDepartments c => Summon(state, c, now),
        CheckIn c => CheckInto(state, c, now),
        HandOverIncident c => HandOver(state, c, now),
        RemindIncident c => Remind(state, c, now),
        AddPhoto c => Photograph(state, c, now),
        CallLines c => Call(state, c, now),
        NoteIncident c => Note(state, c, now),
        NameParties c => Name(state, c, now),
        HoldMediation c => Mediate(state, c, now),
        _ => throw new InvalidOperationException($"no decision for {command.GetType().Name}"),
    };

    private Decision Report(CaseNumber number, ReportIncident c, DateTimeOffset now)
    {
        if (!directory.Standards.TryGetValue(c.Category, out var standard))
        {
            return RejectCode.CategoryIsUnknown;
        }

        if (c.Line is { } line && line != standard.Line)
        {
            return RejectCode.LineDoesNotMatchCategory;
        }

        if (!directory.Areas.ContainsKey(number.Grid))
        {
            return RejectCode.GridIsUnknown;
        }

        var (limit, clock) = c.Order is { } order
            ? HotlineLimits.Of(order.Kind, now)
            : (standard.Limit, standard.Clock);
        var severity = c.Severity ?? standard.Severity;
        return new IncidentReported(
            now, c.By.Id, c.Category, standard.Line, severity, c.Description, c.Position,
            c.Source, c.Reporter, c.AlarmKey, now + StageLimits.Dispatch, limit, clock, c.Order,
            _ladders.For(standard, severity));
    }

    private static Decision Again(IncidentState state, ReportIncident c, DateTimeOffset now)
    {
        if (c.AlarmKey is null || c.AlarmKey != state.Report.AlarmKey || !state.Step.IsOpen())
        {
            return RejectCode.CaseAlreadyReported;
        }

        return now - state.LastSeenAt < StageLimits.SeenAgain
            ? new Decision(null, [])
            : new IncidentSeenAgain(now, c.By.Id, c.Description);
    }

    private Decision Dispatch(IncidentState state, DispatchIncident c, DateTimeOffset now)
    {
        if (!Dispatches(c.By, state.Number.Grid))
        {
            return RejectCode.OnlyADispatcherOrTheGridLeaderMay;
        }

        if (state.Step is not (Step.Reported or Step.Returned))
        {
            return RejectCode.OnlyReportedOrReturnedCanBeDispatched;
        }

        return OwnerFault(c.Owner, state) is { } fault
            ? fault
            : new IncidentDispatched(now, c.By.Id, c.Owner, now + StageLimits.Accept);
    }

    private Decision SelfHandle(IncidentState state, SelfHandleIncident c, DateTimeOffset now)
    {
        if (!directory.Workers.TryGetValue(c.By.Id, out var worker) || worker.Grid != state.Number.Grid)
        {
            return RejectCode.OnlyAWorkerOfTheGridMaySelfHandle;
        }

        return state.Step != Step.Reported
            ? RejectCode.OnlyReportedCanBeSelfHandled
            : new IncidentSelfHandled(now, c.By.Id, worker.Id, HandleDue(state, now));
    }

    private static Decision Reject(IncidentState state, RejectIncident c, DateTimeOffset now) =>
        c.By.Role is not (Role.Dispatcher or Role.Admin) ? RejectCode.OnlyADispatcherOrTheGridLeaderMay
        : state.Step != Step.Reported ? RejectCode.OnlyReportedCanBeRejected
        : new IncidentRejected(now, c.By.Id, c.Reason);

    private Decision Accept(IncidentState state, AcceptIncident c, DateTimeOffset now)
    {
        if (state.Step != Step.Dispatched)
        {
            return RejectCode.OnlyDispatchedCanBeAccepted;
        }

        if (state.Owner != c.By.Id)
        {
            return RejectCode.OnlyTheOwnerMay;
        }

        var due = state.Remaining is { } left && state.ReturnedBy == state.Owner
            ? calendar.Add(now, left, ClockOf(state))
            : HandleDue(state, now);
        return new IncidentAccepted(now, c.By.Id, due);
    }

    private Decision Return(IncidentState state, ReturnIncident c, DateTimeOffset now)
    {
        if (state.Step is not (Step.Dispatched or Step.Handling))
        {
            return RejectCode.OnlyDispatchedOrHandlingCanBeReturned;
        }

        if (state.Owner != c.By.Id)
        {
            return RejectCode.OnlyTheOwnerMay;
        }

        if (state.Marks.IsSuspended)
        {
            return RejectCode.CaseIsSuspended;
        }

        var remaining = state.Step == Step.Handling
            ? calendar.Between(now, state.DueAt!.Value, ClockOf(state))
            : state.ReturnedBy == state.Owner ? state.Remaining : null;
        return new IncidentReturned(now, c.By.Id, c.Reason, remaining);
    }

    private static Decision Resolve(IncidentState state, ResolveIncident c, DateTimeOffset now) =>
        state.Step == Step.Dispatched ? RejectCode.OwnerMustAcceptFirst
        : state.Step != Step.Handling ? RejectCode.OnlyHandlingCanBeResolved
        : state.Owner != c.By.Id ? RejectCode.OnlyTheOwnerMay
        : state.Marks.IsSuspended ? RejectCode.CaseIsSuspended
        : state.Mediation is { IsOpen: true } ? RejectCode.MediationIsOpen
        : new IncidentResolved(now, c.By.Id, c.Result, c.Evidence, now + StageLimits.Inspect);

    private Decision Inspect(IncidentState state, InspectIncident c, DateTimeOffset now)
    {
        if (!Inspects(c.By))
        {
            return RejectCode.OnlyAnInspectorMay;
        }

        if (state.Step != Step.Inspecting)
        {
            return RejectCode.OnlyInspectingCanBeInspected;
        }

        if (state.Handler == c.By.Id || state.Owner == c.By.Id)
        {
            return RejectCode.InspectorMustNotBeTheHandler;
        }

        return c.Pass
            ? new InspectionPassed(now, c.By.Id, c.Reason)
            : new InspectionFailed(now, c.By.Id, c.Reason ?? string.Empty, HandleDue(state, now));
    }

    private static Decision Tell(IncidentState state, TellReporter c, DateTimeOffset now) =>
        state.Step != Step.Feedback ? RejectCode.OnlyFeedbackCanBeTold
        : !Dispatches(c.By, state.Number.Grid) && state.Owner != c.By.Id ? RejectCode.OnlyADispatcherOrTheOwnerMayTell
        : new ReporterTold(now, c.By.Id, c.Text);

    private static Decision Evaluate(IncidentState state, EvaluateIncident c, DateTimeOffset now) =>
        state.Step != Step.Closed ? RejectCode.OnlyClosedCanBeEvaluated
        : c.By.Role != Role.Resident && !IsReporter(state, c.By)
            ? RejectCode.OnlyReporterOrResidentMayEvaluate
        : new IncidentEvaluated(now, c.By.Id, c.Score, c.Comment);

    /// <summary>A dispatcher above the grid, or the leader of this grid.</summary>
    private static bool Dispatches(Actor by, AreaCode grid) => by.Role switch
    {
        Role.Dispatcher => by.Area != grid && by.Area.Contains(grid),
        Role.Lead => by.Area == grid,
        Role.Admin => true,
        _ => false,
    };

    private static bool Inspects(Actor by) => by.Role is Role.Inspector or Role.Supervisor or Role.Admin;

    private static bool Supervises(Actor by) => by.Role is Role.Supervisor or Role.Admin;

    private RejectCode? OwnerFault(string owner, IncidentState state)
    {
        ImmutableArray<Line> lines;
        if (directory.Workers.TryGetValue(owner, out var worker)
            && worker.Grid.District == state.Number.Grid.District)
        {
            lines = worker.Lines;
        }
        else if (directory.Departments.TryGetValue(owner, out var department)
            && department.Area.Contains(state.Number.Grid))
        {
            lines = department.Lines;
        }
        else
        {
            return RejectCode.OwnerIsUnknown;
        }

        return lines.Include(state.Report.Line) ? null : RejectCode.OwnerDoesNotServeThisLine;
    }

    private DateTimeOffset HandleDue(IncidentState state, DateTimeOffset now)
    {
        var (limit, clock) = TermsOf(state);
        return calendar.Deadline(now, limit, clock);
    }

    private ClockKind ClockOf(IncidentState state) => TermsOf(state).Clock;

    /// <summary>
    /// Those that the case was filed under; for a case from before they were kept, the standard's present ones.
    /// </summary>
    private (int Limit, ClockKind Clock) TermsOf(IncidentState state) =>
        state.Report is { Limit: { } limit, Clock: { } clock } ? (limit, clock)
        : directory.Standards.TryGetValue(state.Report.Category, out var standard) ? (standard.Limit, standard.Clock)
        : (1, ClockKind.WorkDay);
}
