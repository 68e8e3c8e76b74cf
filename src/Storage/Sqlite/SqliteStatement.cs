using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GridMesh.Storage.Sqlite;

/// <summary>
/// A prepared statement without ADO.NET in between: the writer runs tens of thousands a second, and parameter objects
/// would cost more than the inserts. Bind from 1; after a run it is ready for the next.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public SqliteStatement Bind(int index, string? value)
    {
        Check(
            value is null ? raw.sqlite3_bind_null(_statement, index) : raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, long? value)
    {
        Check(value is null
            ? raw.sqlite3_bind_null(_statement, index)
            : raw.sqlite3_bind_int64(_statement, index, value.Value));
        return this;
    }

    public SqliteStatement Bind(int index, double? value)
    {
        Check(value is null
            ? raw.sqlite3_bind_null(_statement, index)
            : raw.sqlite3_bind_double(_statement, index, value.Value));
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, index, 0)
            : raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes);
        return Bind(index, bytes);
    }

    /// <summary>Runs it to the end; answers the number of rows changed.</summary>
    public int Run()
    {
        Step();
        Reset();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Moves to the next row; false when there is none. Follow with <see cref="Reset"/>.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
            return code == raw.SQLITE_ROW;
        var failure = Failure(code);
        _ = raw.sqlite3_reset(_statement);
        throw failure;
    }

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public void Reset() => Check(raw.sqlite3_reset(_statement));

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw Failure(code);
    }

    private SqliteException Failure(int code) =>
        new(raw.sqlite3_errmsg(_database).utf8_to_string(), code & 0xFF, raw.sqlite3_extended_errcode(_database));
}
