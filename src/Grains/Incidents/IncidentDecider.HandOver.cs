using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <content>A case changes hands at the end of a shift.</content>
public sealed partial class IncidentDecider
{
    /// <summary>
    /// Only what waits for its owner changes hands. A case that another has by now is left alone: whoever hands over
    /// has lost nothing.
    /// </summary>
    private Decision HandOver(IncidentState state, HandOverIncident c, DateTimeOffset now) =>
        c.By.Id != c.From && !Dispatches(c.By, state.Number.Grid) && !MayEndShifts(c.By, state)
            ? RejectCode.OnlyTheWorkerOrItsLeadMay
        : state.Owner != c.From || state.Step is not (Step.Dispatched or Step.Handling) ? new Decision(null, [])
        : OwnerFault(c.To, state) is { } fault ? fault
        : new IncidentHandedOver(now, c.By.Id, c.From, c.To);

    private static bool MayEndShifts(Actor by, IncidentState state) =>
        by.Role is Role.Lead or Role.Supervisor && by.Area.Contains(state.Number.Grid);
}
