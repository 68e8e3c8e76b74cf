namespace GridMesh.Gateway.Plumbing.Descriptions;

/// <summary>A body that the endpoint reads as it comes: a photo, a table.</summary>
/// <param name="Item">Of <c>application/json</c>: what its list is of.</param>
internal sealed record RawBody(IReadOnlyCollection<string> MediaTypes, Type? Item = null);
