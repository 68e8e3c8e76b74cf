using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Care;

/// <summary>A watch over a household 关爱: whether its door is heard of in every so many hours.</summary>
/// <param name="Household">As the building numbers it; 1-<see cref="HouseholdMax"/> characters.</param>
/// <param name="Device">The household's own door; null: any door of the building.</param>
/// <param name="ConsentBy">Who agreed to it; 1-<see cref="ConsentByMax"/> characters.</param>
[GenerateSerializer, Immutable, Alias("CareWatch")]
public sealed record CareWatch(
    [property: Id(0)] string Id,
    [property: Id(1)] BuildingCode Building,
    [property: Id(2), Contact] string Household,
    [property: Id(3), Contact] string? Device,
    [property: Id(4)] int WindowHours,
    [property: Id(5), Contact] string ConsentBy,
    [property: Id(6)] DateTimeOffset ConsentAt)
{
    public const int HouseholdMax = 32;

    public const int ConsentByMax = 100;

    public const int WindowHoursMax = 168;

    /// <summary>Most watches of a grid.</summary>
    public const int WatchesMax = 5_000;
}

/// <summary>Who is asked to look after a household that is not heard of: each circle besides those before it.</summary>
[GenerateSerializer, Alias("CareCircle")]
public enum CareCircle
{
    /// <summary>The people of the grid.</summary>
    Grid,
    Police,

    /// <summary>Property company and volunteers.</summary>
    Neighbours,
}

/// <summary>What somebody found at the door.</summary>
[GenerateSerializer, Alias("CareFinding")]
public enum CareFinding
{
    Safe,

    /// <summary>Help was needed and given.</summary>
    Helped,

    /// <summary>Away, as others confirm.</summary>
    Away,
}

/// <summary>A watch as it stands, for the few who may see it.</summary>
/// <param name="SeenAt">The last sign of life that is known: a door, somebody at the door, or the beginning.</param>
/// <param name="DueAt">When the next step is due: the alarm, or its next circle; null when all have been asked.</param>
/// <param name="AlarmedAt">Null while all is well.</param>
/// <param name="Asked">The circles that have been asked.</param>
[GenerateSerializer, Immutable, Alias("CareView")]
public sealed record CareView(
    [property: Id(0)] CareWatch Watch, [property: Id(1)] DateTimeOffset SeenAt, [property: Id(2)] DateTimeOffset? DueAt,
    [property: Id(3)] DateTimeOffset? AlarmedAt, [property: Id(4)] ImmutableArray<CareCircle> Asked);
