using GridMesh.Contracts.Storage;
using Microsoft.Win32.SafeHandles;

namespace GridMesh.Storage.Sqlite;

/// <summary>The data folder, held by one process at a time through an open lock file.</summary>
/// <param name="isBeside">Never holds it: another process may, and everything in it goes on.</param>
internal sealed class SqliteFolder(string folder, bool isBeside = false) : IDisposable
{
    private readonly Lock _gate = new();
    private FileStream? _held;
    private SafeFileHandle? _database;

    public string Database => Path.Combine(folder, "gridmesh.db");

    public string Tracks => Path.Combine(folder, "tracks");

    /// <exception cref="StorageUnusableException">Another process has the folder.</exception>
    public void Hold()
    {
        lock (_gate)
        {
            if (_held is not null || isBeside)
                return;
            if (File.Exists(Database) || (Directory.Exists(folder) && !Directory.EnumerateFiles(folder).Any()))
            {
                PrivateFiles.Close(folder, "gridmesh.*", "*.key");
                if (Directory.Exists(Tracks))
                    PrivateFiles.Close(Tracks, "*");
            }

            PrivateFiles.MakeFolder(folder);
            PrivateFiles.MakeFolder(Tracks);
            var path = Path.Combine(folder, "gridmesh.lock");
            try
            {
                _held = PrivateFiles.Open(path, FileMode.OpenOrCreate);
            }
            catch (IOException exception) when (File.Exists(path))
            {
                throw new StorageUnusableException(
                    $"The data folder '{Path.GetFullPath(folder)}' is in use by another process; SQLite serves one.",
                    exception);
            }
        }
    }

    /// <summary>
    /// Waits until all that was written to the database's file is on the disk. May be called beside any connection.
    /// </summary>
    /// <remarks>
    /// The file stays open to the end: on Unix a process that closes a file loses all its locks on it, those of its
    /// connections too.
    /// </remarks>
    public void FlushDatabase()
    {
        lock (_gate)
        {
            _database ??= File.OpenHandle(
                Database, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }

        RandomAccess.FlushToDisk(_database);
    }

    /// <summary>To be called when no connection is open any more.</summary>
    public void Dispose()
    {
        _database?.Dispose();
        _held?.Dispose();
    }
}
