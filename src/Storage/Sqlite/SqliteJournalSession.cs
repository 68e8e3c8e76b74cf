using GridMesh.Contracts.Storage;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Journals;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>
/// The journal's tables on the write connection. The folder has one process, so its writer is always 1.
/// </summary>
internal sealed class SqliteJournalSession : IJournalSession, IDisposable
{
    public const int Writer = 1;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _fact;
    private readonly SqliteStatement _version;
    private readonly SqliteStatement _command;
    private readonly SqliteStatement _head;
    private readonly SqliteStatement _undo;
    private readonly SqliteStatement _begin;
    private readonly SqliteCaseWriter _cases;
    private readonly SqlitePersonalWriter _personal;
    private readonly Dictionary<string, ChainHead> _heads = [];
    private long _seq;

    public SqliteJournalSession(SqliteConnection connection)
    {
        _connection = connection;
        _fact = new SqliteStatement(connection,
            "INSERT INTO facts (seq, stream, version, command_id, part, district, type, at, author, payload, writer,"
            + " link, hash, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
        _version = new SqliteStatement(connection, "SELECT max(version) FROM facts WHERE stream = ?1");
        _command = new SqliteStatement(connection,
            "SELECT stream, (SELECT max(version) FROM facts p WHERE p.stream = f.stream"
            + " AND p.version BETWEEN f.version AND f.version + ?2 AND p.command_id = f.command_id), digest"
            + " FROM facts f WHERE command_id = ?1 AND part = 0");
        _head = new SqliteStatement(connection,
            "INSERT INTO chain_heads (district, writer, link, hash) VALUES (?1, ?2, ?3, ?4)"
            + " ON CONFLICT (district, writer) DO UPDATE SET link = excluded.link, hash = excluded.hash");
        _undo = new SqliteStatement(connection, "ROLLBACK");
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _cases = new SqliteCaseWriter(connection);
        _personal = new SqlitePersonalWriter(connection);
        _seq = Number("SELECT coalesce(max(seq), 0) FROM facts");
        ReadHeads();
    }

    public IReadOnlyDictionary<string, ChainHead> ChainHeads => _heads;

    /// <summary>The last fact's place; 0 in an empty journal.</summary>
    public long LastSeq => _seq;

    public Dictionary<string, long> ReadVersions(IReadOnlyCollection<string> streams)
    {
        var versions = new Dictionary<string, long>();
        foreach (var stream in streams)
        {
            _version.Bind(1, stream).Step();
            if (!_version.IsNull(0))
                versions[stream] = _version.Int64(0);
            _version.Reset();
        }

        return versions;
    }

    public Dictionary<Guid, CommandPlace> FindCommands(IReadOnlyCollection<Guid> commands)
    {
        var places = new Dictionary<Guid, CommandPlace>();
        foreach (var command in commands)
        {
            if (_command.Bind(1, command).Bind(2, IJournal.FactsMax - 1).Step())
                places[command] = new CommandPlace(
                    _command.Text(0), _command.Int64(1), _command.IsNull(2) ? null : _command.Int64(2));
            _command.Reset();
        }

        return places;
    }

    /// <remarks>
    /// The batch is the first that its transaction writes, so a refused one takes the whole transaction back. A
    /// savepoint would copy every page before it is changed, for a case that hardly ever comes.
    /// </remarks>
    public bool TryWrite(JournalBatch batch)
    {
        var seq = _seq;
        try
        {
            foreach (var row in batch.Facts)
                Insert(row);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            _undo.Run();
            _begin.Run();
            _seq = seq;
            return false;
        }

        _personal.Write(batch);
        foreach (var row in batch.Cases.Values)
            _cases.Upsert(row);
        foreach (var row in batch.Duties.Values)
            _cases.Upsert(row);
        foreach (var (district, head) in batch.Heads)
            _head.Bind(1, district).Bind(2, Writer).Bind(3, head.Link).Bind(4, head.Hash).Run();
        return true;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _fact, _version, _command, _head, _undo, _begin })
            statement.Dispose();
        _cases.Dispose();
        _personal.Dispose();
    }

    private void Insert(FactRow row) =>
        _fact.Bind(1, ++_seq).Bind(2, row.Append.Stream).Bind(3, row.Version).Bind(4, row.Append.CommandId)
            .Bind(5, row.Part).Bind(6, row.Append.District.Value).Bind(7, row.Fact.Type).Bind(8, row.Fact.At.UtcTicks)
            .Bind(9, row.Fact.By).Bind(10, row.Fact.Payload.Span).Bind(11, Writer).Bind(12, row.Link)
            .Bind(13, row.Hash).Bind(14, row.Digest).Run();

    private long Number(string sql)
    {
        using var statement = new SqliteStatement(_connection, sql);
        statement.Step();
        return statement.Int64(0);
    }

    private void ReadHeads()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT district, link, hash FROM chain_heads WHERE writer = {Writer}";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            _heads[reader.GetString(0)] = new ChainHead(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
    }
}
