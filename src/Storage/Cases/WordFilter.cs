namespace GridMesh.Storage.Cases;

/// <summary>A condition on cases that an index of words serves.</summary>
/// <param name="Condition">SQL over the parameter <c>@words</c>.</param>
/// <param name="IsNarrow">It leaves few cases: no other index should be taken. False where the database weighs that
/// by itself.</param>
internal sealed record WordFilter(string Condition, object Words, bool IsNarrow);
