using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Access;

/// <summary>Roles a token can carry (API "Signing in"); on the wire in lower case.</summary>
[GenerateSerializer, Alias("Role")]
public enum Role
{
    Viewer,
    Worker,
    Lead,
    Dispatcher,
    Inspector,
    Supervisor,
    Resident,
    Admin,
}

/// <summary>Who acts: taken from the token, never from the body of a request.</summary>
/// <param name="Sub">The token's subject, at most 64 characters.</param>
/// <param name="Area">What lies at or below it may be touched, nothing else.</param>
/// <param name="Worker">The worker's (or department's) id, where the role has one.</param>
/// <param name="Lines">Lines of work the actor is limited to; empty means all seven.</param>
[GenerateSerializer, Immutable, Alias("Actor")]
public sealed record Actor(
    [property: Id(0)] string Sub,
    [property: Id(1)] string Name,
    [property: Id(2)] Role Role,
    [property: Id(3)] AreaCode Area,
    [property: Id(4)] string? Worker,
    [property: Id(5)] ImmutableArray<Line> Lines)
{
    /// <summary>The id cases are owned under: the worker's, or else the subject.</summary>
    public string Id => Worker ?? Sub;

    public bool Sees(AreaCode code) => Area.Contains(code);

    public bool Sees(Line line) => Lines.Include(line);

    /// <summary>True when the actor serves the case's own line or one that was called in.</summary>
    public bool Sees(Line line, ImmutableArray<Line> alsoLines) =>
        Sees(line) || (!alsoLines.IsDefaultOrEmpty && alsoLines.Any(Sees));
}
