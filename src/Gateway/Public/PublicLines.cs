using GridMesh.Contracts.Codes;

namespace GridMesh.Gateway.Public;

/// <summary>Lines whose cases everybody may read with description and place.</summary>
public sealed record PublicLines(ImmutableArray<Line> All);
