using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Access;

/// <summary>
/// Who sees what: the one place that says so, for HTTP, the hub, searches and tables alike. What of a case is shown is
/// beside the case.
/// </summary>
public static class Sight
{
    /// <summary>The line that households are the business of: watches, visits and services 民政.</summary>
    public const Line OfHouseholds = Line.CivilAffairs;

    /// <summary>Cards of cases, workers and where they are: whoever works here, and viewers of a wall.</summary>
    public static bool SeesWork(this Actor me) => me.Role != Role.Resident;

    /// <summary>
    /// Who lives alone, is visited or is helped: the people of the grid, and the duty roles at a desk above it, where
    /// it is their line. A department is neither, though it signs in as a worker does.
    /// </summary>
    public static bool SeesHouseholds(this Actor me, AreaCode grid) => me.ServesHouseholds(grid)
        || (me.Sees(OfHouseholds) && me.Sees(grid) && me.Role is (Role.Lead or Role.Dispatcher or Role.Supervisor));

    /// <summary>The people of the grid itself: they know the household, and were asked in.</summary>
    public static bool ServesHouseholds(this Actor me, AreaCode grid) =>
        me.Sees(OfHouseholds) && me.Area == grid && me.Role is (Role.Worker or Role.Lead);

    /// <summary>
    /// Minutes of reviews, which are of all lines: leaders and duty roles of the area or above, who write them too.
    /// </summary>
    public static bool SeesMinutes(this Actor me, AreaCode area) => me.Sees(area) && me.Lines.IsDefaultOrEmpty
        && me.Role is (Role.Lead or Role.Dispatcher or Role.Inspector or Role.Supervisor or Role.Admin);
}
