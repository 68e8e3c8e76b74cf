using System.Data.Common;
using GridMesh.Contracts.Storage;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>How connections are opened, and which failures are the disk's.</summary>
internal static class SqliteConnections
{
    private const int BusyTimeoutMs = 10_000;

    /// <summary>
    /// For writing: the log is flushed at every commit, and copied into the file by the checkpointer only.
    /// </summary>
    public static SqliteConnection OpenWriter(string path, int cacheMb)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Run(connection,
                $"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA foreign_keys = ON;
                PRAGMA temp_store = MEMORY;
                PRAGMA secure_delete = FAST;
                PRAGMA cache_size = -{cacheMb * 1024};
                """);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// For reading, without a map of the file: SQLite gives the whole map up at the first read after each commit, and
    /// under commands every read would pay for its pages again.
    /// </summary>
    public static SqliteConnection OpenReader(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        try
        {
            Run(connection, "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A constraint is ours to answer, a wrong statement ours to mend; all else is file or disk.</summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode
            is not (SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_CONSTRAINT
                or SQLitePCL.raw.SQLITE_MISMATCH or SQLitePCL.raw.SQLITE_MISUSE or SQLitePCL.raw.SQLITE_RANGE),
        DbException or IOException or UnauthorizedAccessException => true,
        _ => false,
    };

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        if (mode == SqliteOpenMode.ReadWriteCreate)
            PrivateFiles.Make(path);
        var builder = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(builder.ToString());
        try
        {
            connection.Open();
            Run(connection, $"PRAGMA busy_timeout = {BusyTimeoutMs};");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
