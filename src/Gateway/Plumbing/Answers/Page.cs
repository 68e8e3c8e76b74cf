namespace GridMesh.Gateway.Plumbing.Answers;

/// <summary>A list as every call answers it.</summary>
/// <param name="Next">Handed back as <c>cursor</c> it gets the next page; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next = null);
