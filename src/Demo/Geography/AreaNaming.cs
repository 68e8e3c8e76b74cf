using GridMesh.Contracts.Codes;

namespace GridMesh.Demo.Geography;

/// <summary>
/// Gives the areas codes and names. Numbers run west to east, then north to south (DOMAIN "Tiers and codes"): the area
/// above is cut into as many columns as the root of the number of its parts, and each column is counted downwards.
/// </summary>
internal sealed class AreaNaming(
    AreaCode district, Plane plane, Terrain terrain, Spot[] sites, CellMesh mesh, Spot[][] gridRings, AreaPlan plan)
{
    private readonly List<(AreaCode Code, string Name, string NameEn, Spot[] Ring)> _areas = [];
    private readonly List<GridPlot> _grids = [];

    /// <summary>Null when an area has a hole.</summary>
    public DistrictMap? Build()
    {
        var cells = gridRings.Length;
        var whole = Outline.Trace(mesh, 1, cell => cell < cells ? 0 : -1);
        var towns = Outline.Trace(mesh, PlaceTable.Towns.Count, cell => cell < cells ? plan.TownOf[cell] : -1);
        var communities = Outline.Trace(
            mesh, plan.TownOfCommunity.Length, cell => cell < cells ? plan.CommunityOf[cell] : -1);
        if (whole is null || towns is null || communities is null)
            return null;

        var (name, nameEn) = PlaceTable.District(district);
        _areas.Add((district, name, nameEn, whole[0]));
        for (var town = 0; town < towns.Length; town++)
            AddTown(town, towns[town], communities);

        return new DistrictMap(plane, terrain, _areas, _grids);
    }

    private void AddTown(int town, Spot[] ring, Spot[][] communityRings)
    {
        var place = PlaceTable.Towns[town];
        var (name, nameEn) = place.NameIn(district);
        var code = AreaCode.Parse($"{district}{place.Suffix:D3}");
        _areas.Add((code, name, nameEn, ring));
        var parts = Enumerable.Range(0, plan.TownOfCommunity.Length).Where(c => plan.TownOfCommunity[c] == town)
            .ToList();
        var middles = parts.ToDictionary(c => c, c => new Plot(communityRings[c]).BoxMiddle);
        // Villages are where people live farthest apart.
        var byDensity = parts.OrderByDescending(c => terrain.Density(middles[c])).ToList();
        var urban = place.Communities.Count(community => !community.IsVillage);
        AddCommunities(
            code, town, place.Communities.Where(c => !c.IsVillage), byDensity.Take(urban), 1, middles, communityRings);
        AddCommunities(
            code, town, place.Communities.Where(c => c.IsVillage), byDensity.Skip(urban), 201, middles, communityRings);
    }

    private void AddCommunities(
        AreaCode parent, int town, IEnumerable<CommunityName> names, IEnumerable<int> parts, int firstNumber,
        Dictionary<int, Spot> middles, Spot[][] rings)
    {
        var number = firstNumber;
        foreach (var (part, name) in InOrder([.. parts], part => middles[part]).Zip(names))
        {
            var code = AreaCode.Parse($"{parent}{number++:D3}");
            _areas.Add((code, name.Name, name.NameEn, rings[part]));
            var cells = Enumerable.Range(0, gridRings.Length).Where(cell => plan.CommunityOf[cell] == part).ToArray();
            var grid = 1;
            foreach (var cell in InOrder(cells, cell => sites[cell]))
            {
                var gridCode = AreaCode.Parse($"{code}{grid:D3}");
                var (gridName, gridNameEn) = PlaceTable.Grid(grid++);
                _areas.Add((gridCode, gridName, gridNameEn, gridRings[cell]));
                _grids.Add(new GridPlot(gridCode, new Plot(gridRings[cell]), sites[cell], town, name.IsVillage));
            }
        }
    }

    /// <summary>West to east in columns, each from north to south.</summary>
    internal static IReadOnlyList<T> InOrder<T>(IReadOnlyList<T> parts, Func<T, Spot> at)
    {
        if (parts.Count < 2)
            return parts;

        var columns = (int)Math.Ceiling(Math.Sqrt(parts.Count));
        var (west, east) = (parts.Min(part => at(part).X), parts.Max(part => at(part).X));
        var width = (east - west) / columns;
        return [.. parts.OrderBy(part => Math.Min(columns - 1, (int)((at(part).X - west) / width)))
            .ThenByDescending(part => at(part).Y)];
    }
}
