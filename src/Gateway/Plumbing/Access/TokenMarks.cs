namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>By what a token can be called back, and how long it lives.</summary>
/// <param name="Id">Its <c>jti</c>; null: it can only be waited for.</param>
/// <param name="Session">Its <c>sid</c>: all tokens of one session have the same.</param>
/// <param name="Life">From the time at which it says that it was issued to its end.</param>
/// <param name="EndsAt">Its end.</param>
internal sealed record TokenMarks(string? Id, string? Session, TimeSpan Life, DateTimeOffset EndsAt);
