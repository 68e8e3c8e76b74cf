using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Demo.Geography;
using GridMesh.Demo.Names;

namespace GridMesh.Demo.People;

/// <summary>Builds estates in the city and hamlets in the country, and lets a million people move in.</summary>
internal sealed class BuildingMaker(DistrictMap map, Random random)
{
    public const int Count = 20_000;
    public const int People = 1_000_000;

    /// <summary>Buildings that even the smallest grid has.</summary>
    private const int PerGridMin = 12;

    /// <summary>Buildings of one estate or hamlet, about.</summary>
    private const int PerEstate = 16;

    private const double PeoplePerHousehold = 2.7;

    /// <summary>Share of the people who are old and live alone.</summary>
    private const double ElderlyAloneShare = 0.016;

    private sealed record Draft(GridPlot Grid, int Number, string Name, Spot Spot, double Households);

    public ImmutableArray<BuildingEntry> Make()
    {
        var weights = map.Grids.Select(grid => 0.5 + random.NextDouble() + (IsRural(grid) ? 0.4 : 0)).ToArray();
        var counts = Apportionment.Split(Count, weights, PerGridMin);
        var drafts = new List<Draft>(Count);
        for (var i = 0; i < counts.Length; i++)
            Build(map.Grids[i], counts[i], drafts);

        var scale = People / (PeoplePerHousehold * drafts.Sum(draft => draft.Households));
        return [.. drafts.Select(draft => Settle(draft, scale))];
    }

    private static bool IsRural(GridPlot grid) => grid.IsVillage;

    private void Build(GridPlot grid, int count, List<Draft> drafts)
    {
        var number = 0;
        while (number < count)
        {
            var size = Math.Min(count - number, random.Next(PerEstate / 2, PerEstate * 3 / 2));
            var name = IsRural(grid) ? EstateNames.Hamlet(random) : EstateNames.Estate(random);
            var households = Size(grid);
            var middle = grid.Plot.Any(random, map.Plane);
            var reach = Math.Min(IsRural(grid) ? 260 : 150, Math.Sqrt(grid.Plot.Area) / 4);
            for (var i = 1; i <= size; i++)
            {
                number++;
                drafts.Add(new Draft(
                    grid, number, IsRural(grid) ? $"{name}{i}组" : $"{name}{i}栋", Near(grid, middle, reach),
                    households * (0.7 + (0.6 * random.NextDouble()))));
            }
        }
    }

    /// <summary>Households in the buildings of one estate: houses, walk-ups or towers.</summary>
    private double Size(GridPlot grid)
    {
        if (IsRural(grid))
            return 7 + random.Next(5);

        return random.NextDouble() switch
        {
            < 0.25 => 10 + random.Next(8),
            < 0.80 => 18 + random.Next(12),
            _ => 44 + random.Next(36),
        };
    }

    private Spot Near(GridPlot grid, Spot middle, double reach)
    {
        const int TriesMax = 8;
        for (var i = 0; i < TriesMax; i++)
        {
            var spot = map.Plane.Snap(new Spot(
                middle.X + (reach * ((2 * random.NextDouble()) - 1)),
                middle.Y + (reach * ((2 * random.NextDouble()) - 1))));
            if (grid.Plot.Contains(spot))
                return spot;
        }

        return grid.Plot.Any(random, map.Plane);
    }

    private BuildingEntry Settle(Draft draft, double scale)
    {
        var households = Math.Max(1, (int)Math.Round(draft.Households * scale));
        var people = Math.Max(1, (int)Math.Round(households * (PeoplePerHousehold - 0.5 + random.NextDouble())));
        var elderly = 0;
        for (var i = 0; i < households; i++)
            elderly += random.NextDouble() < ElderlyAloneShare * PeoplePerHousehold ? 1 : 0;

        return new BuildingEntry(
            BuildingCode.Parse($"{draft.Grid.Code}{draft.Number:D5}"), draft.Name, map.Plane.ToGeo(draft.Spot),
            households,
            people, Math.Min(elderly, people));
    }
}
