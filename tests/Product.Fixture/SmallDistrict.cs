using System.Collections.Immutable;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;

namespace GridMesh.Product.Fixture;

/// <summary>
/// A district to test the product with: 2 towns, 4 communities, 8 square grids in a row from west to east, three
/// workers in each, two departments, a door, a camera and a smoke detector in each grid.
/// </summary>
public static class SmallDistrict
{
    public const string Code = "450105";
    public const string Town = "450105001";
    public const string OtherTown = "450105002";
    public const string Community = "450105001001";
    public const string Grid = "450105001001001";
    public const string Neighbour = "450105001001002";
    public const string FarGrid = "450105002002002";

    private const double West = 108.30;
    private const double South = 22.70;
    private const double Side = 0.01;

    public static DirectoryData Data { get; } = Build();

    /// <summary>A point in the middle of a grid, as JSON wants it.</summary>
    public static GeoPoint PointIn(string grid)
    {
        var ring = Data.Areas.Single(area => area.Code.Value == grid).Shape.Polygons[0][0];
        return new GeoPoint((ring[0].Lng + ring[2].Lng) / 2, (ring[0].Lat + ring[2].Lat) / 2);
    }

    public static string WorkerOf(string grid, int number = 1) => $"W{grid}{number}";

    public static string LeadOf(string grid) => $"L{grid}";

    public static string BuildingOf(string grid) => $"{grid}00001";

    private static DirectoryData Build()
    {
        var areas = ImmutableArray.CreateBuilder<AreaEntry>();
        var workers = ImmutableArray.CreateBuilder<WorkerEntry>();
        var buildings = ImmutableArray.CreateBuilder<BuildingEntry>();
        var devices = ImmutableArray.CreateBuilder<DeviceEntry>();
        areas.Add(Area(Code, 0, 8));
        for (var town = 0; town < 2; town++)
        {
            areas.Add(Area($"{Code}00{town + 1}", town * 4, 4));
            for (var community = 0; community < 2; community++)
            {
                var code = $"{Code}00{town + 1}00{community + 1}";
                areas.Add(Area(code, (town * 4) + (community * 2), 2));
                for (var grid = 0; grid < 2; grid++)
                    AddGrid($"{code}00{grid + 1}", (town * 4) + (community * 2) + grid);
            }
        }

        return new DirectoryData(
            areas.ToImmutable(), buildings.ToImmutable(), workers.ToImmutable(),
            [
                new DepartmentEntry("D-urban", "城管局", "Urban management", AreaCode.Parse(Code), [Line.UrbanManagement]),
                new DepartmentEntry("D-fire", "消防救援", "Fire", AreaCode.Parse(Code), [Line.Emergency]),
            ],
            devices.ToImmutable(),
            [
                Standard("litter", "暴露垃圾", "Exposed litter", Line.UrbanManagement, 1, ClockKind.WorkDay, null),
                Standard("cover", "井盖缺失", "Missing manhole cover", Line.UrbanManagement, 2, ClockKind.UrgentHour, null),
                Standard("dispute", "邻里纠纷", "Dispute between neighbours", Line.Petitions, 5, ClockKind.WorkDay, null),
                Standard("smoke", "烟感报警", "Smoke alarm", Line.Emergency, 2, ClockKind.UrgentHour, SensorKind.Smoke),
                Standard(
                    "fire-risk", "消防隐患", "Fire risk", Line.Emergency, 4, ClockKind.UrgentHour, SensorKind.FireRisk),
            ],
            []);

        void AddGrid(string code, int column)
        {
            areas.Add(Area(code, column, 1));
            var grid = AreaCode.Parse(code);
            var middle = new GeoPoint(West + ((column + 0.5) * Side), South + (Side / 2));
            workers.Add(
                new WorkerEntry(WorkerOf(code), $"网格员{column}一", grid, WorkerKind.Worker, [], new TimeOnly(0, 0), 24));
            workers.Add(
                new WorkerEntry(
                    WorkerOf(code, 2), $"网格员{column}二", grid, WorkerKind.Worker, [], new TimeOnly(0, 0), 24));
            workers.Add(
                new WorkerEntry(LeadOf(code), $"网格长{column}", grid, WorkerKind.Leader, [], new TimeOnly(8, 0), 10));
            var building = BuildingCode.Parse($"{code}00001");
            buildings.Add(new BuildingEntry(building, "1栋", middle, 40, 110, 3));
            devices.Add(new DeviceEntry($"door-{code}", SensorKind.Door, grid, building, middle));
            devices.Add(new DeviceEntry($"smoke-{code}", SensorKind.Smoke, grid, building, middle));
            devices.Add(new DeviceEntry($"cam-{code}", SensorKind.FireRisk, grid, null, middle));
        }
    }

    private static AreaEntry Area(string code, int column, int columns)
    {
        double west = West + (column * Side), east = West + ((column + columns) * Side), north = South + Side;
        return new AreaEntry(
            AreaCode.Parse(code), $"区域{code}", $"Area {code}",
            AreaShape.Of(
                [new(west, South), new(east, South), new(east, north), new(west, north), new(west, South)]));
    }

    private static FilingStandard Standard(
        string code, string name, string nameEn, Line line, int limit, ClockKind clock, SensorKind? alarm) =>
        new(code, name, nameEn, line, Severity.Normal, limit, clock, "发现即立案", "恢复原状", "D-urban", alarm);
}
