using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Journals;
using Npgsql;
using NpgsqlTypes;

namespace GridMesh.Storage.Postgres;

/// <summary>
/// The journal's tables on a connection of their own. A small group is one transaction in one round trip. A large one
/// takes three: the journal's lock and a range of the sequence; the facts, copied; the rows and the commit.
/// </summary>
/// <remarks>
/// The lock makes processes write one after the other, and is released after the commit is visible. So the order of the
/// sequence is the order of commits: whoever has read up to a sequence number never finds a lower one later.
/// </remarks>
internal sealed class PostgresJournalSession : IJournalSession, IDisposable
{
    private const long JournalLock = 0x4D455348_4A524E4C;

    /// <summary>Taken in each group's transaction before its facts are numbered.</summary>
    public static readonly string LockSql = $"SELECT pg_advisory_xact_lock({JournalLock})";

    private readonly NpgsqlConnection _connection;
    private readonly PostgresRowWriter _rows;
    private readonly NpgsqlBatch _begin;
    private readonly Dictionary<string, ChainHead> _heads;
    private readonly short _writer;

    public PostgresJournalSession(NpgsqlConnection connection)
    {
        _connection = connection;
        _writer = PostgresWriters.Claim(connection);
        _heads = PostgresWriters.ReadHeads(connection, _writer);
        _rows = new PostgresRowWriter(connection, _writer);
        _begin = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("BEGIN"),
                new NpgsqlBatchCommand(LockSql),
                new NpgsqlBatchCommand("SELECT setval('facts_seq', nextval('facts_seq') + $1 - 1)")
                {
                    Parameters = { new NpgsqlParameter<long>() },
                },
            },
        };
        _begin.Prepare();
    }

    public IReadOnlyDictionary<string, ChainHead> ChainHeads => _heads;

    /// <summary>The number that this process writes under.</summary>
    public short Writer => _writer;

    public Dictionary<string, long> ReadVersions(IReadOnlyCollection<string> streams)
    {
        using var command = new NpgsqlCommand(
            "SELECT s, v FROM (SELECT s, (SELECT max(version) FROM facts WHERE stream = s) AS v"
            + " FROM unnest($1::text[]) AS s) AS found WHERE v IS NOT NULL", _connection)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. streams] } },
        };
        using var reader = command.ExecuteReader();
        var versions = new Dictionary<string, long>();
        while (reader.Read())
            versions[reader.GetString(0)] = reader.GetInt64(1);
        return versions;
    }

    public Dictionary<Guid, CommandPlace> FindCommands(IReadOnlyCollection<Guid> commands)
    {
        using var command = new NpgsqlCommand(
            "SELECT f.command_id, f.stream, (SELECT max(p.version) FROM facts p WHERE p.stream = f.stream"
            + " AND p.version BETWEEN f.version AND f.version + $2 AND p.command_id = f.command_id), f.digest"
            + " FROM facts f WHERE f.command_id = ANY($1) AND f.part = 0", _connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid[]> { TypedValue = [.. commands] },
                new NpgsqlParameter<int> { TypedValue = IJournal.FactsMax - 1 },
            },
        };
        using var reader = command.ExecuteReader();
        var places = new Dictionary<Guid, CommandPlace>();
        while (reader.Read())
            places[reader.GetGuid(0)] = new CommandPlace(
                reader.GetString(1), reader.GetInt64(2), reader.NullableInt64(3));
        return places;
    }

    /// <summary>Writes and commits; with this database the two are one round trip.</summary>
    public bool TryWrite(JournalBatch batch)
    {
        try
        {
            if (batch.Facts.Count <= PostgresFactRows.SmallGroupMax)
            {
                _rows.WriteAndCommit(batch, withFacts: true);
                return true;
            }

            ((NpgsqlParameter<long>)_begin.BatchCommands[2].Parameters[0]).TypedValue = batch.Facts.Count;
            var last = ReadLast();
            Copy(batch.Facts, last - batch.Facts.Count + 1);
            _rows.WriteAndCommit(batch, withFacts: false);
            return true;
        }
        catch (PostgresException exception) when (PostgresConnections.IsUniqueViolation(exception))
        {
            using var rollback = new NpgsqlCommand("ROLLBACK", _connection);
            rollback.ExecuteNonQuery();
            return false;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _rows.Dispose();
    }

    private long ReadLast()
    {
        using var reader = _begin.ExecuteReader();
        reader.NextResult();
        reader.Read();
        return reader.GetInt64(0);
    }

    private void Copy(List<FactRow> facts, long seq)
    {
        using var copy = _connection.BeginBinaryImport(
            "COPY facts (seq, stream, version, command_id, part, district, type, at, author, payload, writer, link, hash,"
            + " digest) FROM STDIN (FORMAT BINARY)");
        foreach (var row in facts)
        {
            copy.StartRow();
            copy.Write(seq++, NpgsqlDbType.Bigint);
            copy.Write(row.Append.Stream, NpgsqlDbType.Text);
            copy.Write(row.Version, NpgsqlDbType.Bigint);
            copy.Write(row.Append.CommandId, NpgsqlDbType.Uuid);
            copy.Write((short)row.Part, NpgsqlDbType.Smallint);
            copy.Write(row.Append.District.Value, NpgsqlDbType.Text);
            copy.Write(row.Fact.Type, NpgsqlDbType.Text);
            copy.Write(row.Fact.At.UtcTicks, NpgsqlDbType.Bigint);
            copy.Write(row.Fact.By, NpgsqlDbType.Text);
            copy.Write(row.Fact.Payload, NpgsqlDbType.Bytea);
            copy.Write(_writer, NpgsqlDbType.Smallint);
            copy.Write(row.Link, NpgsqlDbType.Bigint);
            copy.Write(row.Hash, NpgsqlDbType.Bytea);
            if (row.Digest is { } digest)
                copy.Write(digest, NpgsqlDbType.Bigint);
            else
                copy.WriteNull();
        }

        copy.Complete();
    }
}
