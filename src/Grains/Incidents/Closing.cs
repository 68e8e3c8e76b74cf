using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>The reporter is told 反馈, which closes the case, and rates it 评价; or it is taken up again 重启.</summary>
internal sealed class Closing : CaseTopic
{
    /// <summary>How long after its end a case can be taken up again.</summary>
    public static readonly TimeSpan ReopenMax = TimeSpan.FromHours(72);

    public Closing()
    {
        Decide<TellReporter>(Tell);
        Decide<EvaluateIncident>(Evaluate, byResidents: true);
        Decide<ReopenIncident>(Reopen, byResidents: true);
        Fold<ReporterTold>((state, e) => state.Close(Step.Closed, e.At));
        Fold<IncidentEvaluated>((state, e) => state with { Step = Step.Evaluated, Evaluation = e.Score });
        Fold<IncidentReopened>((state, e) => state.Enter(Step.Reported, e.DispatchDue) with
        {
            Owner = null,
            Evaluation = null,
            ClosedAt = null,
            Marks = state.Marks with { Reopens = state.Marks.Reopens + 1 },
        });
    }

    private static Decision Tell(IncidentState state, TellReporter c, CaseRules rules) =>
        state.Step != Step.Feedback ? RejectCode.OnlyFeedbackCanBeTold
        : !c.By.Dispatches(state.Number.Grid) && !c.By.Owns(state) ? RejectCode.OnlyADispatcherOrTheOwnerMayTell
        : new ReporterTold(rules.Now, c.By.Id, c.Text);

    private static Decision Evaluate(IncidentState state, EvaluateIncident c, CaseRules rules) =>
        state.Step != Step.Closed ? RejectCode.OnlyClosedCanBeEvaluated
        : c.By.Role != Role.Resident && !c.By.IsReporterOf(state) ? RejectCode.OnlyReporterOrResidentMayEvaluate
        : c.By.Owns(state) || state.Handler == c.By.Id ? RejectCode.NobodyDecidesForThemselves
        : new IncidentEvaluated(rules.Now, c.By.Id, c.Score, c.Comment);

    private static Decision Reopen(IncidentState state, ReopenIncident c, CaseRules rules) =>
        !state.IsClosed ? RejectCode.OnlyClosedCanBeReopened
        : !c.By.Inspects() && !c.By.IsReporterOf(state) ? RejectCode.OnlyReporterOrInspectorMayReopen
        : rules.Now - state.ClosedAt > ReopenMax ? RejectCode.TimeToReopenIsOver
        : new IncidentReopened(rules.Now, c.By.Id, c.Reason, rules.Now + StageLimits.Dispatch);
}
