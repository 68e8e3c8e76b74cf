using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Grids;

public static class AreaNodes
{
    /// <summary>The grain of an area of any tier.</summary>
    public static IAreaNode GetNode(this IGrainFactory grains, AreaCode code) => code.Tier == Tier.Grid
        ? grains.GetGrain<IGridGrain>(code.Value)
        : grains.GetGrain<IAreaGrain>(code.Value);
}
