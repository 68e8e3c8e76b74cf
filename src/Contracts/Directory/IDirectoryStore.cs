namespace GridMesh.Contracts.Directory;

/// <summary>Keeps the directory, every version of it.</summary>
public interface IDirectoryStore
{
    /// <summary>Number of the latest version, 0 when nothing was imported yet.</summary>
    ValueTask<int> VersionAsync(CancellationToken cancellation = default);

    /// <summary>The latest version, or null when nothing was imported yet.</summary>
    ValueTask<DirectoryData?> LoadAsync(CancellationToken cancellation = default);

    /// <summary>Stores a whole new version in one transaction and answers its number.</summary>
    ValueTask<int> SaveAsync(DirectoryData data, CancellationToken cancellation = default);
}
