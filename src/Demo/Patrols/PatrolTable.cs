using GridMesh.Contracts.Codes;
using GridMesh.Demo.Geography;
using GridMesh.Demo.World;

namespace GridMesh.Demo.Patrols;

/// <summary>
/// The patrols of the demo: twelve rescue points along the river bank in the swimming season, and the fire lanes of the
/// largest grid of every community all the year. They follow from the map alone.
/// </summary>
internal static class PatrolTable
{
    public const string RiverBank = "河岸防溺水巡查 River bank";
    public const string FireLanes = "消防通道巡查 Fire lanes";

    /// <summary>Rescue points on 13 km of bank.</summary>
    public const int RescuePoints = 12;

    private const double BankMetres = 13_000;

    /// <summary>How far from the water a rescue point stands; the first of these that lies in the grid.</summary>
    private static readonly double[] s_ashore = [50, 90, 150, 250];

    private const int RiverRadius = 60;
    private const int LaneRadius = 40;
    private const int CodeRadius = 10;
    private const int LanePoints = 4;
    private const double LaneApartMin = 60;

    private static readonly ImmutableArray<int> s_swimming = [9, 12, 15, 18, 21];
    private static readonly ImmutableArray<int> s_always = [0, 3, 6, 9, 12, 15, 18, 21, 24];
    private static readonly (int From, int To) s_season = (415, 1031);

    public static IReadOnlyList<DemoPatrol> For(TrafficWorld world)
    {
        var grids = world.Towns.SelectMany(town => town.Grids).ToArray();
        return
        [
            .. grids.GroupBy(grid => grid.Code.District).SelectMany(district => River(world.Plane, [.. district])),
            .. grids.GroupBy(grid => grid.Code.At(Tier.Community)).SelectMany(
                community => Lanes(world.Plane, community.MaxBy(grid => grid.People)!)),
        ];
    }

    /// <summary>The bank is the northern edge of the district: from west to east, a plan for each grid on it.</summary>
    private static IEnumerable<DemoPatrol> River(Plane plane, TrafficGrid[] grids)
    {
        var middle = (grids.Min(grid => grid.Plot.BoxMiddle.X) + grids.Max(grid => grid.Plot.BoxMiddle.X)) / 2;
        var points = new List<(TrafficGrid Grid, DemoCheckpoint Point)>();
        for (var i = 0; i < RescuePoints; i++)
        {
            var x = middle + (BankMetres * ((i / (RescuePoints - 1.0)) - 0.5));
            if (Ashore(grids, x) is var (grid, spot))
            {
                var at = plane.Snap(spot);
                points.Add((grid, new DemoCheckpoint(
                    $"r{i + 1}", $"{i + 1}号救生点 Rescue point {i + 1}", at, plane.ToGeo(at), RiverRadius,
                    ByCode: false)));
            }
        }

        return points.GroupBy(entry => entry.Grid.Code, entry => entry.Point).Select(some => new DemoPatrol(
            some.Key, RiverBank, Line.Emergency, [.. some], s_swimming, s_season));
    }

    private static (TrafficGrid Grid, Spot At)? Ashore(TrafficGrid[] grids, double x)
    {
        var edges = grids.Select(grid => (Grid: grid, Top: TopAt(grid.Plot, x))).Where(edge => edge.Top is not null)
            .ToArray();
        if (edges.Length == 0)
            return null;

        var bank = edges.MaxBy(edge => edge.Top);
        foreach (var ashore in s_ashore)
        {
            var spot = new Spot(x, bank.Top!.Value - ashore);
            if (bank.Grid.Plot.Contains(spot))
                return (bank.Grid, spot);
        }

        return null;
    }

    /// <summary>The northernmost place of a plot at an easting.</summary>
    private static double? TopAt(Plot plot, double x)
    {
        double? top = null;
        for (var i = 1; i < plot.Ring.Count; i++)
        {
            var (a, b) = (plot.Ring[i - 1], plot.Ring[i]);
            if ((a.X > x) != (b.X > x))
            {
                var y = a.Y + ((b.Y - a.Y) * (x - a.X) / (b.X - a.X));
                top = top is { } held && held > y ? held : y;
            }
        }

        return top;
    }

    /// <summary>Buildings close to the largest one, a minute's walk apart.</summary>
    private static IEnumerable<DemoPatrol> Lanes(Plane plane, TrafficGrid grid)
    {
        var spots = new List<(Spot At, string Name)>();
        if (grid.Buildings.MaxBy(building => building.People) is { } largest)
        {
            var start = plane.ToSpot(largest.Position);
            foreach (var (at, name) in grid.Buildings.Select(one => (At: plane.ToSpot(one.Position), one.Name))
                .Where(one => grid.Plot.Contains(one.At)).OrderBy(one => one.At.SquaredTo(start)))
            {
                if (spots.Count < LanePoints && spots.All(one => one.At.SquaredTo(at) >= LaneApartMin * LaneApartMin))
                    spots.Add((at, name));
            }
        }

        if (spots.Count > 0)
        {
            yield return new DemoPatrol(
                grid.Code, FireLanes, Line.Emergency,
                [
                    .. spots.Select((spot, i) => new DemoCheckpoint(
                        $"f{i + 1}", $"{spot.Name} 消防通道", spot.At, plane.ToGeo(spot.At),
                        i == 0 ? CodeRadius : LaneRadius, ByCode: i == 0)),
                ],
                s_always, null);
        }
    }
}
