using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Access;

/// <summary>What is kept of a token that was issued to a device or another system: never the token itself.</summary>
/// <param name="Id">Its <c>jti</c>.</param>
/// <param name="Name">Who it was issued to, and its subject.</param>
public sealed record IssuedToken(
    string Id, string Name, Role Role, AreaCode Area, ImmutableArray<Line> Lines, DateTimeOffset IssuedAt,
    DateTimeOffset EndsAt)
{
    /// <summary>Most tokens that live at once.</summary>
    public const int CountMax = 10_000;

    public const int NameMax = 64;
}
