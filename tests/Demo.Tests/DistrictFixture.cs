using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using NetTopologySuite.Geometries;

namespace GridMesh.Demo.Tests;

/// <summary>The demo district, made once for all tests.</summary>
internal static class DistrictFixture
{
    private static readonly GeometryFactory s_shapes = new(new PrecisionModel(), 4326);

    public static DirectoryView View { get; } = new(DemoDistrict.Generate());

    public static DirectoryData Data => View.Data;

    /// <summary>The first community alone, with the areas above it.</summary>
    public static DirectoryView Community { get; } = CommunityOf(AreaCode.Parse("450105001001"));

    public static Polygon Shape(AreaEntry area) =>
        s_shapes.CreatePolygon([.. PointsOf(area).Select(point => new Coordinate(point.Lng, point.Lat))]);

    public static IEnumerable<GeoPoint> PointsOf(AreaEntry area) => area.Shape.Rings.SelectMany(ring => ring);

    public static Point Place(GeoPoint point) => s_shapes.CreatePoint(new Coordinate(point.Lng, point.Lat));

    public static IEnumerable<AreaEntry> At(Tier tier) => Data.Areas.Where(area => area.Code.Tier == tier);

    private static DirectoryView CommunityOf(AreaCode code) => new(Data with
    {
        Areas = [.. Data.Areas.Where(area => code.Contains(area.Code) || area.Code.Contains(code))],
        Buildings = [.. Data.Buildings.Where(building => code.Contains(building.Code.Grid))],
        Workers = [.. Data.Workers.Where(worker => code.Contains(worker.Grid))],
        Departments = [.. Data.Departments.Where(department => department.Area.Contains(code))],
        Devices = [.. Data.Devices.Where(device => code.Contains(device.Grid))],
    });
}
