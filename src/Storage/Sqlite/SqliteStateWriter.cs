using GridMesh.Storage.Grains;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>State rows, one statement a write: the condition is in the statement.</summary>
internal sealed class SqliteStateWriter : IDisposable
{
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _update;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _exists;
    private readonly SqliteStatement _saveEtag;
    private long _etag;

    public SqliteStateWriter(SqliteConnection connection)
    {
        _insert = new SqliteStatement(connection,
            "INSERT INTO state (name, grain_type, key, payload, etag) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");
        _update = new SqliteStatement(connection,
            "UPDATE state SET payload = ?4, etag = ?5 WHERE name = ?1 AND grain_type = ?2 AND key = ?3 AND etag = ?6");
        _delete = new SqliteStatement(connection,
            "DELETE FROM state WHERE name = ?1 AND grain_type = ?2 AND key = ?3 AND etag = ?4");
        _exists = new SqliteStatement(connection,
            "SELECT 1 FROM state WHERE name = ?1 AND grain_type = ?2 AND key = ?3");
        _saveEtag = new SqliteStatement(connection, "UPDATE counters SET value = ?1 WHERE name = 'state_etag'");
        using var read = new SqliteStatement(connection, "SELECT value FROM counters WHERE name = 'state_etag'");
        read.Step();
        _etag = read.Int64(0);
    }

    public void Apply(StateWrite write) =>
        write.Result = write.Payload is { } payload ? Put(write, payload) : Clear(write);

    /// <summary>Keeps the last ETag with the group, so that none is ever given twice.</summary>
    public void SaveEtag() => _saveEtag.Bind(1, _etag).Run();

    public void Dispose()
    {
        foreach (var statement in new[] { _insert, _update, _delete, _exists, _saveEtag })
            statement.Dispose();
    }

    private string? Put(StateWrite write, byte[] payload)
    {
        var statement = write.Etag is null ? _insert : _update;
        Key(statement, write.Key).Bind(4, payload).Bind(5, ++_etag);
        if (write.Etag is { } etag)
            statement.Bind(6, etag);
        return statement.Run() == 1 ? StateWrite.Text(_etag) : null;
    }

    private string? Clear(StateWrite write)
    {
        if (write.Etag is { } etag)
            return Key(_delete, write.Key).Bind(4, etag).Run() == 1 ? StateWrite.Cleared : null;
        var exists = Key(_exists, write.Key).Step();
        _exists.Reset();
        return exists ? null : StateWrite.Cleared;
    }

    private static SqliteStatement Key(SqliteStatement statement, StateKey key) =>
        statement.Bind(1, key.Name).Bind(2, key.GrainType).Bind(3, key.Key);
}
