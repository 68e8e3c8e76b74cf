namespace GridMesh.Exchange.Rows;

/// <summary>An entry with the line that it came from.</summary>
internal readonly record struct Located<T>(int Line, T Value);
