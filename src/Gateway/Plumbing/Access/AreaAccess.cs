using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>
/// What stands in a path, an area or a building: whether there is one, and whether it may be touched.
/// </summary>
internal static class AreaAccess
{
    /// <summary>The answer why not; null where the area is the caller's to ask about.</summary>
    /// <param name="isForStaff">Residents are turned away.</param>
    public static IResult? Refusal(
        string code, Actor me, DirectoryView view, out AreaCode area, bool isForStaff = false)
    {
        if (!AreaCode.TryParse(code, out area, out var reason))
            return new Check().That(false, "code", reason).Problem;

        return isForStaff && me.Role == Role.Resident ? Problem.Of(RejectCode.RoleMayNot)
            : !me.Sees(area) ? Problem.Of(RejectCode.AreaIsOutsideYourOwn)
            : !view.Areas.ContainsKey(area) ? Problem.Of(RejectCode.AreaIsUnknown)
            : null;
    }

    /// <summary>The same for a building.</summary>
    public static IResult? Refusal(string code, Actor me, DirectoryView view, out BuildingCode building)
    {
        if (!BuildingCode.TryParse(code, out building, out var reason))
            return new Check().That(false, "code", reason).Problem;

        return !me.Sees(building.Grid) ? Problem.Of(RejectCode.AreaIsOutsideYourOwn)
            : !view.Buildings.ContainsKey(building) ? Problem.Of(RejectCode.BuildingIsUnknown)
            : null;
    }

    /// <summary>
    /// What every grid of an area says. One district has some hundreds of them, and nobody asks all those of a province
    /// at once: <see cref="Below"/> says so.
    /// </summary>
    public static Task<T[]> AskGridsAsync<T>(AreaCode area, DirectoryView view, Func<AreaCode, Task<T>> ask) =>
        Task.WhenAll(view.GridsOf(area).Select(ask));

    public static Check Below(AreaCode area, Check? check = null) =>
        (check ?? new Check()).That(area.Tier >= Tier.District, "code", "is a district or what lies below it");
}
