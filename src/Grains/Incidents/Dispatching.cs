using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>A case is graded 定级 and gets its one owner 派遣, or is not taken up 不予受理.</summary>
internal sealed class Dispatching : CaseTopic
{
    public Dispatching()
    {
        Decide<DispatchIncident>(Dispatch);
        Decide<SelfHandleIncident>(SelfHandle);
        Decide<RejectIncident>(Reject);
        Decide<GradeIncident>(Grade);
        Fold<IncidentDispatched>((state, e) => state.Enter(Step.Dispatched, e.AcceptDue) with { Owner = e.Owner });
        Fold<IncidentSelfHandled>((state, e) => state.Enter(Step.Handling, e.HandleDue) with { Owner = e.Owner });
        Fold<IncidentGraded>((state, e) => state with { Report = state.Report with { Severity = e.Severity } });
        Fold<IncidentRejected>((state, e) => state.Close(Step.Rejected, e.At));
    }

    private static Decision Dispatch(IncidentState state, DispatchIncident c, CaseRules rules) =>
        !c.By.Dispatches(state.Number.Grid) ? RejectCode.OnlyADispatcherOrTheGridLeaderMay
        : state.Step is not (Step.Reported or Step.Returned) ? RejectCode.OnlyReportedOrReturnedCanBeDispatched
        : rules.FaultOfOwner(c.Owner, state) is { } fault ? fault
        : new IncidentDispatched(rules.Now, c.By.Id, c.Owner, rules.Now + StageLimits.Accept);

    private static Decision SelfHandle(IncidentState state, SelfHandleIncident c, CaseRules rules) =>
        !rules.Directory.Workers.TryGetValue(c.By.Id, out var worker) || worker.Grid != state.Number.Grid
            ? RejectCode.OnlyAWorkerOfTheGridMaySelfHandle
        : state.Step != Step.Reported ? RejectCode.OnlyReportedCanBeSelfHandled
        : new IncidentSelfHandled(rules.Now, c.By.Id, worker.Id, rules.HandleDue(state));

    private static Decision Reject(IncidentState state, RejectIncident c, CaseRules rules) =>
        c.By.Role is not (Role.Dispatcher or Role.Admin) ? RejectCode.OnlyADispatcherOrTheGridLeaderMay
        : state.Step != Step.Reported ? RejectCode.OnlyReportedCanBeRejected
        : new IncidentRejected(rules.Now, c.By.Id, c.Reason);

    private static Decision Grade(IncidentState state, GradeIncident c, CaseRules rules) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : !c.By.Dispatches(state.Number.Grid) && !c.By.IsAtDeskOf(state) ? RejectCode.OnlyADispatcherOrTheGridLeaderMay
        : state.Report.Severity == c.Severity ? Decision.Nothing
        : new IncidentGraded(rules.Now, c.By.Id, c.Severity, c.Reason);
}
