using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Demo.Geography;
using GridMesh.Demo.People;
using GridMesh.Demo.Tables;

namespace GridMesh.Demo;

/// <summary>
/// A made-up district after the figures in DOMAIN "Figures of one district": 9 towns and subdistricts, 116 communities
/// and villages, 418 grids, a million people. The same seed and code give the same district to the last digit.
/// </summary>
public static class DemoDistrict
{
    public const int DefaultSeed = 450_105;

    /// <summary>Jiangnan District.</summary>
    public const string DefaultCode = "450105";

    /// <param name="code">Six digits; districts of one city (the last two digits) lie side by side.</param>
    /// <exception cref="FormatException">The code is none.</exception>
    /// <exception cref="ArgumentException">The code is not that of a district.</exception>
    public static DirectoryData Generate(int seed = DefaultSeed, string code = DefaultCode)
    {
        var district = AreaCode.Parse(code);
        if (district.Tier != Tier.District)
            throw new ArgumentException("a district's code has six digits", nameof(code));

        // A stream of random numbers for each part: a change to one leaves the others as they were.
        var map = DistrictMap.Draw(district, new Random(seed));
        var buildings = new BuildingMaker(map, new Random(seed + 1)).Make();
        var residents = buildings.GroupBy(building => building.Code.Grid)
            .ToDictionary(rows => rows.Key, rows => rows.Sum(building => building.People));
        var people = map.Grids.Select(grid => residents[grid.Code]).ToArray();
        var (estate, market) = Landmarks(people);
        var areas = map.Areas.Select((area, i) => new AreaEntry(
            area.Code, area.Name, area.NameEn, AreaShape.Of([.. area.Ring.Select(map.Plane.ToGeo)]))).ToArray();
        NameLandmark(areas, map.Grids[estate].Code, "大型小区专属网格", "Dedicated grid of a large estate");
        NameLandmark(areas, map.Grids[market].Code, "批发市场专属网格", "Dedicated grid of a wholesale market");
        return new DirectoryData(
            [.. areas],
            buildings,
            new WorkerMaker(map, new Random(seed + 2)).Make(people, market),
            DepartmentTable.For(areas),
            new DeviceMaker(map, buildings, new Random(seed + 3)).Make(estate),
            StandardTable.All,
            HolidayTable.All)
        {
            Ladders = LadderTable.All,
        };
    }

    /// <summary>The two most crowded grids: a large estate and a market.</summary>
    private static (int Estate, int Market) Landmarks(int[] people)
    {
        var crowded = Enumerable.Range(0, people.Length).OrderByDescending(i => people[i]).Take(2).ToArray();
        return (crowded[0], crowded[1]);
    }

    private static void NameLandmark(AreaEntry[] areas, AreaCode code, string name, string nameEn)
    {
        var index = Array.FindIndex(areas, area => area.Code == code);
        areas[index] = areas[index] with { Name = name, NameEn = nameEn };
    }
}
