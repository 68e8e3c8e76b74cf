using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>Somebody else looks at what was done 核查.</summary>
internal sealed class Inspecting : CaseTopic
{
    public Inspecting()
    {
        Decide<InspectIncident>(Inspect);
        Fold<InspectionPassed>((state, e) => state.Enter(Step.Feedback, e.TellDue));
        Fold<InspectionFailed>((state, e) => state.Enter(Step.Handling, e.HandleDue) with
        {
            Rework = state.Rework + 1,
        });
    }

    private static Decision Inspect(IncidentState state, InspectIncident c, CaseRules rules) =>
        !c.By.Inspects() ? RejectCode.OnlyAnInspectorMay
        : state.Step != Step.Inspecting ? RejectCode.OnlyInspectingCanBeInspected
        : state.Handler == c.By.Id || c.By.Owns(state) ? RejectCode.InspectorMustNotBeTheHandler
        : c.Pass ? new InspectionPassed(rules.Now, c.By.Id, c.Reason, rules.Now + StageLimits.Tell)
        : new InspectionFailed(rules.Now, c.By.Id, c.Reason ?? string.Empty, rules.HandleDue(state));
}
