namespace GridMesh.Contracts.Directory;

/// <summary>Keeps the directory, every version of it.</summary>
public interface IDirectoryStore
{
    /// <summary>
    /// Number of the latest version, 0 when nothing was imported yet. Cheap enough to ask all the time.
    /// </summary>
    ValueTask<int> VersionAsync(CancellationToken cancellation = default);

    /// <summary>The latest version, or null when nothing was imported yet.</summary>
    ValueTask<StoredDirectory?> LatestAsync(CancellationToken cancellation = default);

    /// <summary>What the latest version holds, or null when nothing was imported yet.</summary>
    async ValueTask<DirectoryData?> LoadAsync(CancellationToken cancellation = default) =>
        (await LatestAsync(cancellation))?.Data;

    /// <summary>Versions, latest first.</summary>
    ValueTask<IReadOnlyList<DirectoryVersion>> ListAsync(int limit, CancellationToken cancellation = default);

    /// <summary>Stores a whole new version in one transaction and answers its number.</summary>
    ValueTask<int> SaveAsync(
        DirectoryData data, DirectoryOrigin? origin = null, CancellationToken cancellation = default);

    /// <summary>
    /// Stores a new version with other rules and everything else as it was, in one transaction. Null, and nothing is
    /// stored, when <paramref name="after"/> is not the latest version any more.
    /// </summary>
    ValueTask<DirectoryVersion?> ReviseAsync(
        RuleTables rules, int after, DirectoryOrigin origin, CancellationToken cancellation = default);
}
