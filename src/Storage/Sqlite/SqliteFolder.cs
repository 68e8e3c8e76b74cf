using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Sqlite;

/// <summary>The data folder, held by one process at a time through an open lock file.</summary>
internal sealed class SqliteFolder(string folder) : IDisposable
{
    private readonly Lock _gate = new();
    private FileStream? _held;

    public string Database => Path.Combine(folder, "gridmesh.db");

    public string Tracks => Path.Combine(folder, "tracks");

    /// <exception cref="StorageUnusableException">Another process has the folder.</exception>
    public void Hold()
    {
        lock (_gate)
        {
            if (_held is not null)
                return;
            Directory.CreateDirectory(folder);
            Directory.CreateDirectory(Tracks);
            var path = Path.Combine(folder, "gridmesh.lock");
            try
            {
                _held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (File.Exists(path))
            {
                throw new StorageUnusableException(
                    $"The data folder '{Path.GetFullPath(folder)}' is in use by another process; SQLite serves one.",
                    exception);
            }
        }
    }

    public void Dispose() => _held?.Dispose();
}
