using System.Text.Json.Serialization;

namespace GridMesh.Contracts.Geo;

/// <summary>
/// Where an area lies, in WGS84. An area with an exclave 飞地 is several polygons, and one that encloses another has a
/// hole.
/// </summary>
/// <param name="polygons">
/// Each an outer ring and then the holes in it; a ring ends with the point that it begins with.
/// </param>
[JsonConverter(typeof(AreaShapeJsonConverter))]
public sealed class AreaShape(ImmutableArray<ImmutableArray<ImmutableArray<GeoPoint>>> polygons) : IEquatable<AreaShape>
{
    /// <summary>Of an area that nobody has drawn.</summary>
    public static AreaShape None { get; } = new([]);

    public ImmutableArray<ImmutableArray<ImmutableArray<GeoPoint>>> Polygons => polygons;

    public bool IsEmpty => polygons.IsEmpty;

    /// <summary>Outer rings and holes alike: a point is inside when it is inside an odd number of them.</summary>
    public IEnumerable<ImmutableArray<GeoPoint>> Rings => polygons.SelectMany(rings => rings);

    /// <summary>The shape of one polygon without holes; none where the ring has no point.</summary>
    public static AreaShape Of(ImmutableArray<GeoPoint> ring) => ring.IsEmpty ? None : new([[ring]]);

    public bool Equals(AreaShape? other) =>
        other is not null && polygons.Length == other.Polygons.Length
        && polygons.Zip(other.Polygons).All(pair =>
            pair.First.Length == pair.Second.Length
            && pair.First.Zip(pair.Second).All(rings => rings.First.SequenceEqual(rings.Second)));

    public override bool Equals(object? obj) => Equals(obj as AreaShape);

    public override int GetHashCode() => Rings.Aggregate(
        polygons.Length, (hash, ring) => HashCode.Combine(hash, ring.Length, ring.IsEmpty ? default : ring[0]));
}
