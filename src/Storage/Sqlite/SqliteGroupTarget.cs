using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Grains;
using GridMesh.Storage.Journals;
using GridMesh.Storage.Kpis;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>
/// The one write connection. SQLite knows a single writer, so facts, states and rare writes share a group and with it
/// one flush of the disk.
/// </summary>
internal sealed class SqliteGroupTarget(SqliteDatabase database, SqliteFolder folder, StorageOptions options)
    : IGroupTarget
{
    private readonly JournalWriter _journal = new(options.StreamCacheMax, database.Kpis.Add);
    private readonly List<JournalWrite> _appends = [];
    private SqliteConnection? _connection;
    private SqliteJournalSession? _session;
    private SqliteStateWriter? _state;
    private SqliteKpiWriter? _kpis;
    private SqliteWordWriter? _words;
    private SqliteCheckpointer? _checkpointer;
    private SqliteStatement? _begin;
    private SqliteStatement? _commit;

    public void Open()
    {
        folder.Hold();
        _connection = SqliteConnections.OpenWriter(folder.Database, options.SqliteCacheMb);
        database.CheckUsable(_connection);
        _begin = new SqliteStatement(_connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(_connection, "COMMIT");
        _session = new SqliteJournalSession(_connection);
        _state = new SqliteStateWriter(_connection);
        _checkpointer = new SqliteCheckpointer(folder, _connection, options.SqliteCheckpointMb);
        _kpis = new SqliteKpiWriter(_connection);
        _words = new SqliteWordWriter(_connection);
        _journal.Start(_session);
        database.Kpis.Start(new KpiStretch(SqliteJournalSession.Writer, _kpis.Cursor(), _session.LastSeq));
    }

    public void Commit(IReadOnlyList<Write> group)
    {
        _begin!.Run();
        _appends.Clear();
        _appends.AddRange(group.OfType<JournalWrite>());
        if (_appends.Count > 0)
            _journal.Write(_appends, _session!);
        if (_appends.Count < group.Count)
            WriteOthers(group);
        _commit!.Run();
        if (_appends.Count > 0)
            _journal.Committed();
        _checkpointer!.Committed();
    }

    public void Settle(bool isLast)
    {
        if (database.Kpis.TakeDue(whateverAge: isLast) is not { } sums)
            return;
        _begin!.Run();
        _kpis!.Add(sums, database.OldestHour);
        _kpis.MoveOn(_session!.LastSeq);
        while (_words!.WriteNext() == SqliteWordWriter.CasesMax && isLast)
        {
        }

        _commit!.Run();
        database.Kpis.Wrote();
        _checkpointer!.Committed();
    }

    public void Close()
    {
        _checkpointer?.Dispose();
        _begin?.Dispose();
        _commit?.Dispose();
        _session?.Dispose();
        _kpis?.Dispose();
        _words?.Dispose();
        _state?.Dispose();
        _connection?.Dispose();
        (_checkpointer, _session, _state, _kpis, _words, _connection) = (null, null, null, null, null, null);
        (_begin, _commit) = (null, null);
    }

    public bool IsOutage(Exception exception) => database.IsOutage(exception);

    private void WriteOthers(IReadOnlyList<Write> group)
    {
        var states = 0;
        foreach (var write in group)
        {
            if (write is StateWrite state)
            {
                _state!.Apply(state);
                states++;
            }
            else if (write is ActionWrite action)
            {
                action.Run(_connection!);
            }
        }

        if (states > 0)
            _state!.SaveEtag();
    }
}
