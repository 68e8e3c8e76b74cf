using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GridMesh.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database file beside the commits, so that no caller waits for it. The bulk is
/// done by a thread with a connection of its own; what was written meanwhile is little and is done between two groups,
/// after which the log starts from its beginning again.
/// </summary>
internal sealed class SqliteCheckpointer : IDisposable
{
    private const int PagesPerMb = 256;

    private readonly string _path;
    private readonly SqliteConnection _writer;
    private readonly int _pagesMax;
    private long _pages;
    private Task<bool>? _running;

    public SqliteCheckpointer(string path, SqliteConnection writer, int checkpointMb)
    {
        _path = path;
        _writer = writer;
        _pagesMax = checkpointMb * PagesPerMb;
    }

    /// <summary>To be called by the writer after each commit.</summary>
    public void Committed()
    {
        _pages += PagesWritten();
        if (_running is { IsCompleted: true })
        {
            _running = null;
            Checkpoint(_writer);
            _pages = 0;
        }
        else if (_running is null && _pages >= _pagesMax)
        {
            _running = Task.Factory.StartNew(
                CopyBulk, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    public void Dispose() => _running?.Wait();

    private bool CopyBulk()
    {
        try
        {
            using var connection = SqliteConnections.OpenWriter(_path, cacheMb: 1);
            Checkpoint(connection);
            return true;
        }
        catch (SqliteException)
        {
            // A checkpoint that fails loses nothing, the log still has it all; the writer meets the same disk itself.
            return false;
        }
    }

    private static void Checkpoint(SqliteConnection connection) =>
        SqliteConnections.Run(connection, "PRAGMA wal_checkpoint(PASSIVE)");

    private int PagesWritten()
    {
        const int cacheWrite = 9;
        _ = raw.sqlite3_db_status(_writer.Handle!, cacheWrite, out var pages, out _, 1);
        return pages;
    }
}
