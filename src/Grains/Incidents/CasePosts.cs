using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;

namespace GridMesh.Grains.Incidents;

/// <summary>What somebody is to a case.</summary>
internal static class CasePosts
{
    /// <summary>A dispatcher above the grid, or the leader of this grid.</summary>
    public static bool Dispatches(this Actor by, AreaCode grid) => by.Role switch
    {
        Role.Dispatcher => by.Area != grid && by.Area.Contains(grid),
        Role.Lead => by.Area == grid,
        Role.Admin => true,
        _ => false,
    };

    public static bool Inspects(this Actor by) => by.Role is Role.Inspector or Role.Supervisor or Role.Admin;

    public static bool Supervises(this Actor by) => by.Role is Role.Supervisor or Role.Admin;

    public static bool IsReporterOf(this Actor by, IncidentState state) =>
        by.Id == state.Report.By || by.Sub == state.Report.Reporter;

    public static bool Owns(this Actor by, IncidentState state) => state.Owner == by.Id;

    /// <summary>Somebody who decides at the desk where the case lies, or at one above it.</summary>
    public static bool IsAtDeskOf(this Actor by, IncidentState state) =>
        by.Role is Role.Dispatcher or Role.Supervisor or Role.Admin && by.Area.Contains(state.Desk);

    /// <summary>Its owner, its desk, or whoever dispatches in its grid.</summary>
    public static bool IsInCharge(this Actor by, IncidentState state) =>
        by.Owns(state) || by.Dispatches(state.Number.Grid) || by.IsAtDeskOf(state);
}
