using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Plumbing.Pipeline;

/// <summary>What stands as <c>code</c> in the path of a command.</summary>
internal static class Targets
{
    /// <summary>Codes of <see cref="Grid"/>.</summary>
    public static RejectCode[] GridCodes { get; } =
        [RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn, RejectCode.AreaIsUnknown];

    /// <summary>Codes of <see cref="Building"/>.</summary>
    public static RejectCode[] BuildingCodes { get; } =
        [RejectCode.AreaIsOutsideYourOwn, RejectCode.BuildingIsUnknown];

    /// <summary>A grid, for who works there or above it.</summary>
    public static IResult? Grid(CommandCall call, out AreaCode grid)
    {
        if (AreaAccess.Refusal(call.Path("code"), call.Me, call.View, out grid, isForStaff: true) is { } refusal)
            return refusal;

        call.Check.That(grid.Tier == Tier.Grid, "code", "is the code of a grid");
        return null;
    }

    public static IResult? Building(CommandCall call, out BuildingCode building) =>
        AreaAccess.Refusal(call.Path("code"), call.Me, call.View, out building);
}
