using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;

namespace GridMesh.Grains.Incidents;

/// <summary>
/// The lower half of the table: desks, clocks, supervision, and what may still happen to a case that is closed.
/// </summary>
public sealed partial class IncidentDecider
{
    /// <summary>How long after its end a case can be taken up again.</summary>
    public static readonly TimeSpan ReopenMax = TimeSpan.FromHours(72);

    /// <summary>Extensions of one case.</summary>
    public const int ExtensionsMax = 2;

    /// <summary>Cases that one case goes on for.</summary>
    public const int MergedMax = 100;

    /// <summary>Reminders of one case.</summary>
    public const int RemindersMax = 50;

    private static Decision Reopen(IncidentState state, ReopenIncident c, DateTimeOffset now) =>
        !IsClosed(state) ? RejectCode.OnlyClosedCanBeReopened
        : !Inspects(c.By) && !IsReporter(state, c.By)
            ? RejectCode.OnlyReporterOrInspectorMayReopen
        : now - state.ClosedAt > ReopenMax ? RejectCode.TimeToReopenIsOver
        : new IncidentReopened(now, c.By.Id, c.Reason, now + StageLimits.Dispatch);

    private static Decision Escalate(IncidentState state, EscalateIncident c, DateTimeOffset now) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : state.Owner != c.By.Id && !Dispatches(c.By, state.Number.Grid) && !IsAtDesk(state, c.By)
            ? RejectCode.OnlyTheOwnerOrItsDeskMay
        : state.Desk.Tier <= Tier.District ? RejectCode.DeskIsTheHighest
        : new IncidentEscalated(now, c.By.Id, c.Reason, state.Desk.Parent!.Value);

    private static Decision HandBack(IncidentState state, HandBackIncident c, DateTimeOffset now) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : !IsAtDesk(state, c.By) ? RejectCode.OnlyTheDeskMay
        : state.Desk.Tier >= Tier.Community ? RejectCode.DeskIsTheLowest
        : c.To == state.Desk || c.To.Tier > Tier.Community || !state.Desk.Contains(c.To)
            || !c.To.Contains(state.Number.Grid) ? RejectCode.DeskIsNotOnTheWay
        : new IncidentHandedBack(now, c.By.Id, c.Reason, c.To);

    private Decision AskForExtension(IncidentState state, AskExtension c, DateTimeOffset now) =>
        FaultOfAsking(state, c.By) is { } fault ? fault
        : state.Marks.Extensions >= ExtensionsMax ? RejectCode.NoMoreExtensions
        : TimeSpan.FromHours(c.Hours) > LimitOf(state) ? RejectCode.ExtensionIsTooLong
        : new ExtensionAsked(now, c.By.Id, c.Hours, c.Reason);

    /// <summary>The owner asks; a supervisor's own word needs no asking, and answers it where there was some.</summary>
    private Decision Suspend(IncidentState state, SuspendIncident c, DateTimeOffset now) =>
        state.Owner == c.By.Id || !Supervises(c.By)
            ? FaultOfAsking(state, c.By) is { } fault ? fault : new SuspensionAsked(now, c.By.Id, c.Reason)
        : state.Step != Step.Handling ? RejectCode.OnlyHandlingCanBeExtendedOrSuspended
        : state.Marks.IsSuspended ? RejectCode.CaseIsSuspended
        : state.Marks.Request is { Kind: RequestKind.Extension } ? RejectCode.ARequestIsUndecided
        : Suspended(state, c.By, c.Reason, now);

    private IncidentSuspended Suspended(IncidentState state, Actor by, string? reason, DateTimeOffset now) =>
        new(now, by.Id, calendar.Between(now, state.DueAt!.Value, ClockOf(state)), reason);

    private static RejectCode? FaultOfAsking(IncidentState state, Actor by) =>
        state.Step != Step.Handling ? RejectCode.OnlyHandlingCanBeExtendedOrSuspended
        : state.Owner != by.Id ? RejectCode.OnlyTheOwnerMay
        : state.Marks.IsSuspended ? RejectCode.CaseIsSuspended
        : state.Marks.Request is not null ? RejectCode.ARequestIsUndecided
        : null;

    private Decision DecideOnRequest(IncidentState state, DecideRequest c, DateTimeOffset now)
    {
        if (!Supervises(c.By))
        {
            return RejectCode.OnlyASupervisorMay;
        }

        if (state.Marks.Request is not { } request)
        {
            return RejectCode.NothingWasAskedFor;
        }

        if (request.By == c.By.Id)
        {
            return RejectCode.NobodyDecidesForThemselves;
        }

        if (!c.Grant)
        {
            return new RequestRefused(now, c.By.Id, request.Kind, c.Reason);
        }

        return request.Hours is { } hours
            ? new ExtensionGranted(
                now, c.By.Id, calendar.Add(state.DueAt!.Value, TimeSpan.FromHours(hours), ClockOf(state)), c.Reason)
            : Suspended(state, c.By, c.Reason, now);
    }

    private Decision Resume(IncidentState state, ResumeIncident c, DateTimeOffset now) =>
        !state.Marks.IsSuspended ? RejectCode.CaseIsNotSuspended
        : state.Owner != c.By.Id && !Supervises(c.By) ? RejectCode.OnlyTheOwnerMay
        : new IncidentResumed(now, c.By.Id, calendar.Add(now, state.Paused ?? TimeSpan.Zero, ClockOf(state)));

    private static Decision Supervise(IncidentState state, SuperviseIncident c, DateTimeOffset now) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : !Supervises(c.By) ? RejectCode.OnlyASupervisorMay
        : new IncidentSupervised(now, c.By.Id, c.Kind, c.Level, c.Reason);

    /// <summary>
    /// The other case has taken this one before it comes here. One that has taken cases itself is not merged: so a ring
    /// of cases that are merged into each other at the same moment ends with all of them open, none lost.
    /// </summary>
    private static Decision Merge(IncidentState state, MergeIncident c, DateTimeOffset now) =>
        c.By.Role is not (Role.Dispatcher or Role.Admin) ? RejectCode.OnlyADispatcherOrTheGridLeaderMay
        : state.Step != Step.Reported ? RejectCode.OnlyReportedCanBeMerged
        : c.Into == state.Number ? RejectCode.CaseCannotMergeIntoItself
        : !state.Marks.Merged.IsEmpty ? RejectCode.CaseHoldsMergedCases
        : new IncidentMerged(now, c.By.Id, c.Into);

    private static Decision Take(IncidentState state, TakeMerged c, DateTimeOffset now) =>
        c.From == state.Number ? RejectCode.CaseCannotMergeIntoItself
        : state.Marks.Merged.Contains(c.From) ? new Decision(null, [])
        : !state.Step.IsOpen() ? RejectCode.CaseToMergeIntoIsClosed
        : state.Marks.Merged.Length >= MergedMax ? RejectCode.CaseHoldsMergedCases
        : new MergedCaseTaken(now, c.By.Id, c.From);

    private static Decision Appeal(IncidentState state, AppealIncident c, DateTimeOffset now) =>
        !IsClosed(state) ? RejectCode.OnlyClosedCanBeAppealed
        : state.Owner != c.By.Id ? RejectCode.OnlyTheOwnerMay
        : !state.WasLate ? RejectCode.OnlyLateCasesCanBeAppealed
        : state.Marks.Appeal != AppealState.None ? RejectCode.CaseWasAppealedAlready
        : new IncidentAppealed(now, c.By.Id, c.Reason);

    private static Decision Review(IncidentState state, ReviewAppeal c, DateTimeOffset now) =>
        !Inspects(c.By) ? RejectCode.OnlyASupervisorMay
        : state.Marks.Appeal is not (AppealState.Asked or AppealState.GrantedOnce) ? RejectCode.NoAppealIsOpen
        : state.Owner == c.By.Id ? RejectCode.NobodyDecidesForThemselves
        : state.Marks.Appeal == AppealState.GrantedOnce && state.ReviewedBy == c.By.Id ? RejectCode.ReviewersMustDiffer
        : new AppealReviewed(now, c.By.Id, c.Grant, c.Reason);

    private Decision Summon(IncidentState state, SummonDepartments c, DateTimeOffset now) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : c.By.Role is not (Role.Dispatcher or Role.Supervisor or Role.Admin) || c.By.Area.Tier > Tier.Town
            ? RejectCode.OnlyTheDeskMay
        : c.Due <= now ? RejectCode.TimeIsInThePast
        : !c.Departments.All(id => directory.Departments.TryGetValue(id, out var department)
            && department.Area.Contains(state.Number.Grid)) ? RejectCode.DepartmentIsUnknown
        : state.Marks.Summons.Length + c.Departments.Length > Summons.DepartmentsMax ? RejectCode.TooManyDepartments
        : new DepartmentsSummoned(now, c.By.Id, c.Departments, c.Due, c.Reason);

    private static Decision CheckInto(IncidentState state, CheckIn c, DateTimeOffset now) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : state.Marks.Summons.FirstOrDefault(summons => summons.Department == c.By.Id && summons.CameAt is null)
            is { } summons ? new DepartmentCheckedIn(now, c.By.Id, c.By.Id, now > summons.Due)
        : RejectCode.DepartmentWasNotSummoned;

    private static Decision Remind(IncidentState state, RemindIncident c, DateTimeOffset now) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : !IsAtDesk(state, c.By) && !IsReporter(state, c.By) ? RejectCode.RoleMayNot
        : state.Reminders >= RemindersMax ? RejectCode.TooManyReminders
        : new IncidentReminded(now, c.By.Id, c.Reason);

    private static bool IsClosed(IncidentState state) => state.Step is Step.Closed or Step.Evaluated;

    private static bool IsReporter(IncidentState state, Actor by) =>
        by.Id == state.Report.By || by.Sub == state.Report.Reporter;

    /// <summary>Somebody who decides at the desk where the case lies, or at one above it.</summary>
    private static bool IsAtDesk(IncidentState state, Actor by) =>
        by.Role is Role.Dispatcher or Role.Supervisor or Role.Admin && by.Area.Contains(state.Desk);

    private TimeSpan LimitOf(IncidentState state)
    {
        var (limit, clock) = TermsOf(state);
        return WorkCalendar.Running(limit, clock);
    }
}
