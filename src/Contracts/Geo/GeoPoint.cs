using System.Text.Json.Serialization;
using GridMesh.Contracts.Json;

namespace GridMesh.Contracts.Geo;

/// <summary>A position in WGS84 degrees, longitude first as in GeoJSON.</summary>
/// <param name="Lng">Longitude, -180 to 180 degrees.</param>
/// <param name="Lat">Latitude, -90 to 90 degrees.</param>
[GenerateSerializer, Immutable, Alias("GeoPoint")]
public readonly record struct GeoPoint([property: Id(0)] double Lng, [property: Id(1)] double Lat)
    : IJsonOnDeserialized
{
    private const double EarthRadiusMetres = 6_371_008.8;

    /// <summary>False for what is no place on Earth; the gateway refuses it.</summary>
    [JsonIgnore]
    public bool IsValid => double.IsFinite(Lng) && double.IsFinite(Lat) && Math.Abs(Lng) <= 180 && Math.Abs(Lat) <= 90;

    /// <summary>JSON has numbers that are none here, as 1e999; such a point could not be written again.</summary>
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (!double.IsFinite(Lng) || !double.IsFinite(Lat))
            throw new FieldException("has degrees of longitude and latitude");
    }

    /// <summary>Great-circle distance in metres (haversine, mean Earth radius).</summary>
    public double MetresTo(GeoPoint other)
    {
        double lat = double.DegreesToRadians(other.Lat - Lat), lng = double.DegreesToRadians(other.Lng - Lng);
        var h = (Math.Sin(lat / 2) * Math.Sin(lat / 2)) + (Math.Cos(double.DegreesToRadians(Lat))
            * Math.Cos(double.DegreesToRadians(other.Lat)) * Math.Sin(lng / 2) * Math.Sin(lng / 2));
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }
}
