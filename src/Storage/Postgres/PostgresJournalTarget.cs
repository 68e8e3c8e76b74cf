using GridMesh.Storage.Commits;
using GridMesh.Storage.Journals;
using GridMesh.Storage.Personal;
using Npgsql;

namespace GridMesh.Storage.Postgres;

/// <summary>The journal's connection.</summary>
internal sealed class PostgresJournalTarget(PostgresDatabase database, StorageOptions options, PersonalSealer sealer)
    : IGroupTarget
{
    private readonly JournalWriter _journal = new(options.StreamCacheMax, database.Kpis.Add);
    private NpgsqlConnection? _connection;
    private PostgresJournalSession? _session;

    public void Open()
    {
        _connection = PostgresConnections.OpenWriter(options);
        database.CheckUsable(_connection);
        _session = new PostgresJournalSession(_connection);
        sealer.Agree(PostgresWriters.AllSeal(_connection));
        _journal.Start(_session);
        database.Kpis.Start(PostgresKpiWriter.Stretch(_connection, _session.Writer));
    }

    public void Commit(IReadOnlyList<Write> group)
    {
        JournalWrite[] appends = [.. group.OfType<JournalWrite>()];
        if (appends.Length == 0)
            return;
        _journal.Write(appends, _session!);
        _journal.Committed();
    }

    public void Settle(bool isLast)
    {
        if (database.Kpis.TakeDue(whateverAge: isLast) is not { } sums)
            return;
        if (sealer.IsAgreed is false)
            sealer.Agree(PostgresWriters.AllSeal(_connection!));
        PostgresKpiWriter.WriteAndCommit(_connection!, _session!.Writer, sums, database.OldestHour);
        database.Kpis.Wrote();
    }

    public void Close()
    {
        _session?.Dispose();
        _connection?.Dispose();
        (_session, _connection) = (null, null);
    }

    public bool IsOutage(Exception exception) => database.IsOutage(exception);
}
