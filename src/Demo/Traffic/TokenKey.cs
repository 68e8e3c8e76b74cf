using GridMesh.Contracts.Codes;

namespace GridMesh.Demo.Traffic;

/// <summary>Whom a token speaks for.</summary>
/// <param name="Worker">The id of the owner, for the role worker.</param>
internal readonly record struct TokenKey(string Role, AreaCode Area, string? Worker);
