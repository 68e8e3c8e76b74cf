using GridMesh.Contracts.Geo;

namespace GridMesh.Demo.Geography;

/// <summary>A point in metres east and north of the middle of the district.</summary>
internal readonly record struct Spot(double X, double Y)
{
    public double SquaredTo(Spot other) => ((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y));
}

/// <summary>
/// A flat sheet around the middle of a district: good to a few metres over 30 km, which is all that a made-up map
/// needs.
/// </summary>
internal sealed class Plane(GeoPoint middle)
{
    /// <summary>Six decimals are 0.1 m: finer than any map needs, coarse enough to be the same in every file.</summary>
    private const int Decimals = 6;

    private const double MetresPerDegree = 111_195;

    private readonly double _perLng = MetresPerDegree * Math.Cos(double.DegreesToRadians(middle.Lat));

    public GeoPoint ToGeo(Spot spot) => new(
        Math.Round(middle.Lng + (spot.X / _perLng), Decimals),
        Math.Round(middle.Lat + (spot.Y / MetresPerDegree), Decimals));

    public Spot ToSpot(GeoPoint point) =>
        new((point.Lng - middle.Lng) * _perLng, (point.Lat - middle.Lat) * MetresPerDegree);

    /// <summary>
    /// A spot that is exactly what its rounded position says, so that every computation sees the same map.
    /// </summary>
    public Spot Snap(Spot spot) => ToSpot(ToGeo(spot));
}
