using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>A case changes hands at the end of a shift 交接班.</summary>
internal sealed class HandingOver : CaseTopic
{
    public HandingOver()
    {
        Decide<HandOverIncident>(HandOver);
        Fold<IncidentHandedOver>((state, e) => state with { Owner = e.To });
    }

    /// <summary>
    /// Only what waits for its owner changes hands. A case that another has by now is left alone: whoever hands over
    /// has lost nothing.
    /// </summary>
    private static Decision HandOver(IncidentState state, HandOverIncident c, CaseRules rules) =>
        c.By.Id != c.From && !c.By.Dispatches(state.Number.Grid) && !MayEndShifts(c.By, state)
            ? RejectCode.OnlyTheWorkerOrItsLeadMay
        : state.Owner != c.From || state.Step is not (Step.Dispatched or Step.Handling) ? Decision.Nothing
        : rules.FaultOfOwner(c.To, state) is { } fault ? fault
        : new IncidentHandedOver(rules.Now, c.By.Id, c.From, c.To);

    private static bool MayEndShifts(Actor by, IncidentState state) =>
        by.Role is Role.Lead or Role.Supervisor && by.Area.Contains(state.Number.Grid);
}
