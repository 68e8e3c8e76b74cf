using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>The clock of handling is moved 延期 or stands still 挂账, with a supervisor's word.</summary>
internal sealed class Suspending : CaseTopic
{
    /// <summary>Extensions of one case.</summary>
    public const int ExtensionsMax = 2;

    public Suspending()
    {
        Decide<AskExtension>(AskForExtension);
        Decide<SuspendIncident>(Suspend);
        Decide<DecideRequest>(DecideOnRequest);
        Decide<ResumeIncident>(Resume);
        Fold<ExtensionAsked>((state, e) => Asked(state, RequestKind.Extension, e.Hours, e.Reason, e));
        Fold<SuspensionAsked>((state, e) => Asked(state, RequestKind.Suspension, null, e.Reason, e));
        Fold<RequestRefused>((state, _) => state with { Marks = state.Decided });
        Fold<ExtensionGranted>((state, e) => Moved(state, e.HandleDue, e.StaysOverdue, e.RungAt) with
        {
            Marks = state.Decided with { Extensions = state.Marks.Extensions + 1 },
        });
        Fold<IncidentSuspended>((state, e) => Moved(
            state, e.StaysOverdue ? state.DueAt : e.Until, e.StaysOverdue, e.Until) with
        {
            Paused = e.Remaining,
            Marks = state.Decided with { IsSuspended = true, SuspendedUntil = e.Until },
        });
        Fold<IncidentResumed>((state, e) => Moved(state, e.HandleDue, state.Overdue, e.RungAt) with
        {
            Paused = null,
            Marks = state.Marks with { IsSuspended = false, SuspendedUntil = null },
        });
    }

    /// <summary>The end of its suspension has come.</summary>
    public static IncidentFact Resumed(IncidentState state, string by, CaseRules rules) => state.Overdue
        ? new IncidentResumed(
            rules.Now, by, state.DueAt!.Value, Deadlines.HasRung(state) ? After(state, rules) : null)
        : new IncidentResumed(rules.Now, by, After(state, rules));

    /// <summary>Another deadline; where one had passed before it stays so, and the next rung is what is due.</summary>
    private static IncidentState Moved(
        IncidentState state, DateTimeOffset? due, bool staysOverdue, DateTimeOffset? rung)
    {
        var entered = state.Enter(Step.Handling, due);
        return staysOverdue ? entered with { Overdue = true, Rungs = state.Rungs, RungAt = rung } : entered;
    }

    private static DateTimeOffset After(IncidentState state, CaseRules rules) =>
        rules.Calendar.Add(rules.Now, state.Paused ?? TimeSpan.Zero, rules.ClockOf(state));

    private static IncidentState Asked(
        IncidentState state, RequestKind kind, int? hours, string reason, IncidentFact fact) => state with
        {
            Marks = state.Marks with { Request = new CaseRequest(kind, hours, reason, fact.At, fact.By) },
        };

    private static Decision AskForExtension(IncidentState state, AskExtension c, CaseRules rules) =>
        FaultOfAsking(state, c.By) is { } fault ? fault
        : state.Marks.Extensions >= ExtensionsMax ? RejectCode.NoMoreExtensions
        : TimeSpan.FromHours(c.Hours) > rules.LimitOf(state) ? RejectCode.ExtensionIsTooLong
        : new ExtensionAsked(rules.Now, c.By.Id, c.Hours, c.Reason);

    /// <summary>The owner asks; a supervisor's own word needs no asking, and answers it where there was some.</summary>
    private static Decision Suspend(IncidentState state, SuspendIncident c, CaseRules rules) =>
        c.By.Owns(state) || !c.By.Supervises()
            ? FaultOfAsking(state, c.By) is { } fault ? fault : new SuspensionAsked(rules.Now, c.By.Id, c.Reason)
        : state.Step != Step.Handling ? RejectCode.OnlyHandlingCanBeExtendedOrSuspended
        : state.Marks.IsSuspended ? RejectCode.CaseIsSuspended
        : state.Marks.Request is { Kind: RequestKind.Extension } ? RejectCode.ARequestIsUndecided
        : Suspended(state, c.By, c.Reason, rules);

    private static IncidentSuspended Suspended(IncidentState state, Actor by, string? reason, CaseRules rules) => new(
        rules.Now, by.Id, rules.LeftTo(state.Overdue ? state.RungAt : state.DueAt, state), reason, state.Overdue,
        rules.Now + StageLimits.Suspension);

    private static RejectCode? FaultOfAsking(IncidentState state, Actor by) =>
        state.Step != Step.Handling ? RejectCode.OnlyHandlingCanBeExtendedOrSuspended
        : !by.Owns(state) ? RejectCode.OnlyTheOwnerMay
        : state.Marks.IsSuspended ? RejectCode.CaseIsSuspended
        : state.Marks.Request is not null ? RejectCode.ARequestIsUndecided
        : null;

    private static Decision DecideOnRequest(IncidentState state, DecideRequest c, CaseRules rules)
    {
        if (!c.By.Supervises())
            return RejectCode.OnlyASupervisorMay;

        if (state.Marks.Request is not { } request)
            return RejectCode.NothingWasAskedFor;

        if (request.By == c.By.Id)
            return RejectCode.NobodyDecidesForThemselves;

        if (!c.Grant)
            return new RequestRefused(rules.Now, c.By.Id, request.Kind, c.Reason);

        if (request.Hours is not { } hours)
            return Suspended(state, c.By, c.Reason, rules);

        var due = rules.Calendar.Add(state.DueAt!.Value, TimeSpan.FromHours(hours), rules.ClockOf(state));
        return state.Overdue
            ? new ExtensionGranted(
                rules.Now, c.By.Id, due, c.Reason, StaysOverdue: true,
                Deadlines.RungAt(state with { DueAt = due }, state.Rungs, rules))
            : new ExtensionGranted(rules.Now, c.By.Id, due, c.Reason);
    }

    private static Decision Resume(IncidentState state, ResumeIncident c, CaseRules rules) =>
        !state.Marks.IsSuspended ? RejectCode.CaseIsNotSuspended
        : !c.By.Owns(state) && !c.By.Supervises() ? RejectCode.OnlyTheOwnerMay
        : Resumed(state, c.By.Id, rules);
}
