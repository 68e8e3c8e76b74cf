using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;

namespace GridMesh.Gateway.Residents;

/// <summary>The drawings of the districts, made once for the areas that are in force.</summary>
internal sealed class DistrictMaps(IDirectory directory)
{
    private volatile Drawn? _drawn;

    public DistrictMap? Of(AreaCode district)
    {
        var view = directory.Current;
        var drawn = _drawn;
        if (drawn?.Areas != view.Data.Areas)
        {
            _drawn = drawn = new Drawn(view.Data.Areas, view.Data.Areas
                .Where(area => area.Code.Tier == Tier.District)
                .ToImmutableDictionary(area => area.Code, area => DistrictMap.Of(view, area.Code)));
        }

        return drawn.Maps.GetValueOrDefault(district);
    }

    private sealed record Drawn(ImmutableArray<AreaEntry> Areas, ImmutableDictionary<AreaCode, DistrictMap?> Maps);
}
