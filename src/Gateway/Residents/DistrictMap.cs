using System.Globalization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Exchange.Areas;
using NetTopologySuite.Geometries;
using NetTopologySuite.Simplify;

namespace GridMesh.Gateway.Residents;

/// <summary>An outline that is drawn, and where its name stands.</summary>
public sealed record DrawnArea(string Name, string NameEn, string Path, double X, double Y);

/// <summary>
/// A district as a drawing: the outlines of what lies right below it, made simpler than an eye can tell at its size. A
/// page has it without a script and asks nobody for tiles.
/// </summary>
public sealed class DistrictMap
{
    public const int Width = 720;

    private const int HeightMin = 120;

    /// <summary>In units of the drawing.</summary>
    private const double Tolerance = 1.2;

    private readonly Envelope _box;
    private readonly double _scale;

    private DistrictMap(AreaEntry district, IEnumerable<AreaEntry> parts)
    {
        _box = AreaGeometry.Of(district.Shape).EnvelopeInternal;
        _box.ExpandBy(_box.Width * 0.03, _box.Height * 0.03);
        Squeeze = Math.Cos(double.DegreesToRadians(_box.Centre.Y));
        _scale = Width / (_box.Width * Squeeze);
        Height = Math.Max(HeightMin, (int)(_box.Height * _scale));
        Areas = [.. parts.Where(part => !part.Shape.IsEmpty).Select(Draw)];
    }

    public int Height { get; }

    public ImmutableArray<DrawnArea> Areas { get; }

    /// <summary>For a script that has to know which place was touched: west, north, and degrees of a unit.</summary>
    public string Frame => string.Create(
        CultureInfo.InvariantCulture, $"{_box.MinX} {_box.MaxY} {1 / _scale / Squeeze} {1 / _scale}");

    private double Squeeze { get; }

    /// <summary>Null where the district was never drawn.</summary>
    public static DistrictMap? Of(DirectoryView view, AreaCode district) =>
        view.Areas.GetValueOrDefault(district) is { Shape.IsEmpty: false } entry
            ? new DistrictMap(entry, view.ChildrenOf(district))
            : null;

    public (double X, double Y) PlaceOf(GeoPoint point) =>
        (Round((point.Lng - _box.MinX) * Squeeze * _scale), Round((_box.MaxY - point.Lat) * _scale));

    private static double Round(double value) => Math.Round(value, 1);

    private DrawnArea Draw(AreaEntry area)
    {
        var shape = AreaGeometry.Of(area.Shape);
        var simple = DouglasPeuckerSimplifier.Simplify(shape, Tolerance / _scale);
        var rings = Polygons(simple.IsEmpty ? shape : simple)
            .SelectMany(polygon => polygon.InteriorRings.Prepend(polygon.ExteriorRing));
        var (x, y) = PlaceOf(new GeoPoint(shape.InteriorPoint.X, shape.InteriorPoint.Y));
        return new DrawnArea(area.Name, area.NameEn, string.Concat(rings.Select(PathOf)), x, y);
    }

    private static IEnumerable<Polygon> Polygons(Geometry geometry) =>
        Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN).OfType<Polygon>();

    private string PathOf(LineString ring) => "M" + string.Join('L', ring.Coordinates.SkipLast(1).Select(point =>
    {
        var (x, y) = PlaceOf(new GeoPoint(point.X, point.Y));
        return string.Create(CultureInfo.InvariantCulture, $"{x} {y}");
    })) + "Z";
}
