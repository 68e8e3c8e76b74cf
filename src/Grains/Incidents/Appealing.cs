using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>The owner of a case that was late says that it was not to blame 申诉; two reviewers decide 复核.</summary>
internal sealed class Appealing : CaseTopic
{
    public Appealing()
    {
        Decide<AppealIncident>(Appeal);
        Decide<ReviewAppeal>(Review);
        Fold<IncidentAppealed>((state, _) => state with { Marks = state.Marks with { Appeal = AppealState.Asked } });
        Fold<AppealReviewed>((state, e) => state with
        {
            ReviewedBy = e.By,
            Marks = state.Marks with { Appeal = After(state.Marks.Appeal, e.Grant) },
        });
    }

    private static Decision Appeal(IncidentState state, AppealIncident c, CaseRules rules) =>
        !state.IsClosed ? RejectCode.OnlyClosedCanBeAppealed
        : !c.By.Owns(state) ? RejectCode.OnlyTheOwnerMay
        : !state.WasLate ? RejectCode.OnlyLateCasesCanBeAppealed
        : state.Marks.Appeal != AppealState.None ? RejectCode.CaseWasAppealedAlready
        : new IncidentAppealed(rules.Now, c.By.Id, c.Reason);

    private static Decision Review(IncidentState state, ReviewAppeal c, CaseRules rules) =>
        !c.By.Inspects() ? RejectCode.OnlyASupervisorMay
        : state.Marks.Appeal is not (AppealState.Asked or AppealState.GrantedOnce) ? RejectCode.NoAppealIsOpen
        : c.By.Owns(state) ? RejectCode.NobodyDecidesForThemselves
        : state.Marks.Appeal == AppealState.GrantedOnce && state.ReviewedBy == c.By.Id ? RejectCode.ReviewersMustDiffer
        : new AppealReviewed(rules.Now, c.By.Id, c.Grant, c.Reason);

    private static AppealState After(AppealState before, bool grant) =>
        !grant ? AppealState.Refused
        : before == AppealState.Asked ? AppealState.GrantedOnce
        : AppealState.Granted;
}
