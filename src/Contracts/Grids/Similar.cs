using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Grids;

/// <summary>What may be the same matter: open cases of a category around a place.</summary>
/// <param name="Metres">Radius around <paramref name="At"/>.</param>
/// <param name="Since">Reported at or after it.</param>
[GenerateSerializer, Immutable, Alias("SimilarQuery")]
public sealed record SimilarQuery(
    [property: Id(0)] string Category, [property: Id(1)] GeoPoint At, [property: Id(2)] double Metres,
    [property: Id(3)] DateTimeOffset Since)
{
    /// <summary>Widest radius in metres.</summary>
    public const double MetresMax = 1_000;

    /// <summary>Oldest report in hours.</summary>
    public const int HoursMax = 24 * 30;
}
