using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GridMesh.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database file beside the commits, so that no caller waits for it. The bulk is
/// copied and flushed by a thread with a connection of its own; what was written meanwhile is little and is done
/// between two groups, after which the log starts from its beginning again.
/// </summary>
internal sealed class SqliteCheckpointer : IDisposable
{
    private const int PagesPerMb = 256;

    /// <summary>Passes beside the commits; each has to copy what was written during the one before.</summary>
    private const int PassesMax = 4;

    /// <summary>So few pages are left to the writer.</summary>
    private const int PagesFew = 256;

    private readonly SqliteFolder _folder;
    private readonly SqliteConnection _writer;
    private readonly int _pagesMax;
    private long _pages;
    private Task? _running;

    public SqliteCheckpointer(SqliteFolder folder, SqliteConnection writer, int checkpointMb)
    {
        _folder = folder;
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

    /// <remarks>
    /// SQLite flushes its file only at a checkpoint during which nothing was committed, so that under load all that
    /// was copied here would be left for the writer to flush.
    /// </remarks>
    private void CopyBulk()
    {
        try
        {
            using var connection = SqliteConnections.OpenWriter(_folder.Database, cacheMb: 1);
            var copied = 0L;
            for (var pass = 0; pass < PassesMax; pass++)
            {
                var before = copied;
                copied = Checkpoint(connection);
                _folder.FlushDatabase();
                if (copied - before < PagesFew)
                    break;
            }
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            // A checkpoint that fails loses nothing, the log still has it all; the writer meets the same disk itself.
        }
    }

    /// <returns>How many pages of the log have been copied since it began.</returns>
    private static long Checkpoint(SqliteConnection connection)
    {
        using var statement = new SqliteStatement(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        statement.Step();
        return statement.Int64(2);
    }

    private int PagesWritten()
    {
        const int cacheWrite = 9;
        _ = raw.sqlite3_db_status(_writer.Handle!, cacheWrite, out var pages, out _, 1);
        return pages;
    }
}
