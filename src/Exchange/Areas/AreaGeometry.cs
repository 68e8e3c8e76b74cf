using System.Text.Json;
using GridMesh.Contracts.Geo;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace GridMesh.Exchange.Areas;

/// <summary>Shapes of areas as NetTopologySuite has them, and as GeoJSON (RFC 7946) has them.</summary>
public static class AreaGeometry
{
    private static readonly GeometryFactory s_factory = new(new PrecisionModel(), 4326);

    /// <summary>Rings are written as they were read, so that a package comes back the same to the last digit.</summary>
    private static readonly JsonSerializerOptions s_json = new()
    {
        Converters =
        {
            new GeoJsonConverterFactory(
                s_factory, writeGeometryBBox: false, GeoJsonConverterFactory.DefaultIdPropertyName,
                RingOrientationOption.DoNotModify),
        },
    };

    /// <summary>A polygon, or several; an empty one where nobody has drawn the area.</summary>
    /// <exception cref="ArgumentException">A ring is not closed, or has fewer than four points.</exception>
    public static Geometry Of(AreaShape shape) => shape.Polygons switch
    {
        [] => s_factory.CreatePolygon(),
        [var single] => PolygonOf(single),
        var several => s_factory.CreateMultiPolygon([.. several.Select(PolygonOf)]),
    };

    public static Point Of(GeoPoint point) => s_factory.CreatePoint(CoordinateOf(point));

    public static Coordinate CoordinateOf(GeoPoint point) => new(point.Lng, point.Lat);

    /// <exception cref="JsonException">It is no geometry.</exception>
    /// <exception cref="InvalidOperationException">Something in it is not of its kind.</exception>
    /// <exception cref="ArgumentException">A ring is not closed, or has fewer than four points.</exception>
    internal static AreaShape Read(JsonElement geometry)
    {
        var read = geometry.Deserialize<Geometry>(s_json);
        return new AreaShape(
            read is null or { IsEmpty: true }
                ? []
                : [.. Enumerable.Range(0, read.NumGeometries).Select(i => RingsOf((Polygon)read.GetGeometryN(i)))]);
    }

    public static void Write(Utf8JsonWriter writer, AreaShape shape) =>
        JsonSerializer.Serialize(writer, Of(shape), s_json);

    private static Polygon PolygonOf(ImmutableArray<ImmutableArray<GeoPoint>> rings) =>
        s_factory.CreatePolygon(RingOf(rings[0]), [.. rings.Skip(1).Select(RingOf)]);

    private static LinearRing RingOf(ImmutableArray<GeoPoint> points) =>
        s_factory.CreateLinearRing([.. points.Select(CoordinateOf)]);

    private static ImmutableArray<ImmutableArray<GeoPoint>> RingsOf(Polygon polygon) =>
        [PointsOf(polygon.ExteriorRing), .. polygon.InteriorRings.Select(PointsOf)];

    private static ImmutableArray<GeoPoint> PointsOf(LineString ring) =>
        [.. ring.Coordinates.Select(place => new GeoPoint(place.X, place.Y))];
}
