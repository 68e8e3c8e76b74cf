using GridMesh.Storage.Commits;
using GridMesh.Storage.Journals;
using Npgsql;

namespace GridMesh.Storage.Postgres;

/// <summary>The journal's connection.</summary>
internal sealed class PostgresJournalTarget(PostgresDatabase database, StorageOptions options) : IGroupTarget
{
    private readonly JournalWriter _journal = new(options.StreamCacheMax);
    private NpgsqlConnection? _connection;
    private PostgresJournalSession? _session;

    public void Open()
    {
        _connection = PostgresConnections.OpenWriter(options);
        database.CheckUsable(_connection);
        _session = new PostgresJournalSession(_connection);
        _journal.Start(_session);
    }

    public void Commit(IReadOnlyList<Write> group)
    {
        _journal.Write([.. group.Cast<JournalWrite>()], _session!);
        _journal.Committed();
    }

    public void Close()
    {
        _session?.Dispose();
        _connection?.Dispose();
        (_session, _connection) = (null, null);
    }

    public bool IsOutage(Exception exception) => database.IsOutage(exception);
}
