using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Grids;

/// <summary>Somebody on duty who could be given a case of a line.</summary>
/// <param name="At">Where it was last seen; null if not yet in this shift.</param>
/// <param name="Open">Open cases of its own grid that it owns.</param>
[GenerateSerializer, Immutable, Alias("Candidate")]
public sealed record Candidate(
    [property: Id(0)] string Worker, [property: Id(1)] AreaCode Grid, [property: Id(2)] GeoPoint? At,
    [property: Id(3)] int Open);
