using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;

namespace GridMesh.Demo.Geography;

/// <summary>A grid on the drawing board.</summary>
/// <param name="Town">Number of its town in <see cref="PlaceTable.Towns"/>.</param>
/// <param name="IsVillage">It belongs to a village, not to a community.</param>
internal sealed record GridPlot(AreaCode Code, Plot Plot, Spot Site, int Town, bool IsVillage);

/// <summary>The areas of a district from its outline down to the grids, every border shared point for point.</summary>
internal sealed record DistrictMap(
    Plane Plane, Terrain Terrain, IReadOnlyList<(AreaCode Code, string Name, string NameEn, Spot[] Ring)> Areas,
    IReadOnlyList<GridPlot> Grids)
{
    public const int GridCount = 418;

    /// <summary>A drawing with a hole or a region in pieces is thrown away; few are.</summary>
    private const int AttemptsMax = 50;

    /// <summary>Draws until the map is sound. The same random numbers draw the same map.</summary>
    public static DistrictMap Draw(AreaCode code, Random random)
    {
        var plane = new Plane(MiddleOf(code));
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if (TryDraw(code, plane, random) is { } map)
                return map;
        }

        throw new InvalidOperationException($"no sound map in {AttemptsMax} attempts");
    }

    /// <summary>Districts of one city lie side by side, ten in a row, so that several can be loaded together.</summary>
    private static GeoPoint MiddleOf(AreaCode code)
    {
        var number = int.Parse(code.Value.AsSpan(4, 2)) - 5;
        var row = Math.DivRem(number + 10, 10, out var column) - 1;
        return new GeoPoint(108.325 + (0.32 * column), 22.70 + (0.36 * row));
    }

    private static DistrictMap? TryDraw(AreaCode code, Plane plane, Random random)
    {
        var terrain = new Terrain(random);
        var sites = new SitePlacer(terrain, random).Place(GridCount);
        var mesh = CellMesh.Build(sites, GridCount, new BorderNoise(random, plane), plane);
        if (Outline.Trace(mesh, GridCount, cell => cell < GridCount ? cell : -1) is not { } gridRings)
            return null;

        var plan = AreaPlan.Make(sites, mesh, GridCount, terrain, random);
        return plan is null ? null : new AreaNaming(code, plane, terrain, sites, mesh, gridRings, plan).Build();
    }
}
