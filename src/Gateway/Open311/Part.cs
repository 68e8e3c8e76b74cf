namespace GridMesh.Gateway.Open311;

/// <summary>A piece of an answer, written once and told in either format.</summary>
internal abstract record Part
{
    public static implicit operator Part(string? value) => new Text(value);

    public static implicit operator Part(double? value) => new Number(value);

    public static implicit operator Part(int value) => new Number(value);

    public static implicit operator Part(bool value) => new Flag(value);
}

internal sealed record Text(string? Value) : Part;

internal sealed record Number(double? Value) : Part;

internal sealed record Flag(bool Value) : Part;

internal sealed record Fields(params (string Name, Part Value)[] Items) : Part;

/// <param name="Each">What each item is called in XML.</param>
internal sealed record Listing(string Each, IEnumerable<Part> Items) : Part;

/// <summary>A whole answer.</summary>
/// <param name="Root">The outermost element in XML; JSON drops it (GeoReport v2).</param>
internal sealed record Document(string Root, Part Content);
