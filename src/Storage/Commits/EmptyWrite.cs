namespace GridMesh.Storage.Commits;

/// <summary>Nothing to write: has the target opened, and gives it the occasion to settle what it holds.</summary>
internal sealed class EmptyWrite : Write<bool>;
