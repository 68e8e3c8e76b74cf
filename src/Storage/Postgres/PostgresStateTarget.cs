using GridMesh.Storage.Commits;
using GridMesh.Storage.Grains;
using Npgsql;

namespace GridMesh.Storage.Postgres;

/// <summary>
/// State writes in groups: one statement over arrays for those that insert, one for those that replace, one for those
/// that remove. Writes of one key keep their order: the second waits for the next round of the same transaction.
/// </summary>
internal sealed class PostgresStateTarget(PostgresDatabase database, StorageOptions options) : IGroupTarget
{
    private const string Input = "unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::bigint[])"
        + " AS input (name, grain_type, key, payload, etag)";

    private const string Insert =
        $"INSERT INTO state (name, grain_type, key, payload, etag)"
        + $" SELECT name, grain_type, key, payload, nextval('state_etag') FROM {Input}"
        + " ON CONFLICT DO NOTHING RETURNING name, grain_type, key, etag";

    private const string Update =
        $"UPDATE state AS s SET payload = input.payload, etag = nextval('state_etag') FROM {Input}"
        + " WHERE s.name = input.name AND s.grain_type = input.grain_type AND s.key = input.key AND s.etag = input.etag"
        + " RETURNING s.name, s.grain_type, s.key, s.etag";

    private const string Delete =
        $"DELETE FROM state AS s USING {Input}"
        + " WHERE s.name = input.name AND s.grain_type = input.grain_type AND s.key = input.key AND s.etag = input.etag"
        + " RETURNING s.name, s.grain_type, s.key, s.etag";

    private const string Existing =
        $"SELECT s.name, s.grain_type, s.key, s.etag FROM state AS s JOIN {Input}"
        + " ON s.name = input.name AND s.grain_type = input.grain_type AND s.key = input.key";

    private NpgsqlConnection? _connection;

    public void Open()
    {
        _connection = PostgresConnections.OpenWriter(options);
        database.CheckUsable(_connection);
    }

    public void Commit(IReadOnlyList<Write> group)
    {
        using var transaction = _connection!.BeginTransaction();
        var waiting = group.Cast<StateWrite>().ToList();
        while (waiting.Count > 0)
        {
            var round = waiting.DistinctBy(write => write.Key).ToHashSet();
            Run(round);
            waiting.RemoveAll(round.Contains);
        }

        transaction.Commit();
    }

    public void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    public bool IsOutage(Exception exception) => database.IsOutage(exception);

    private void Run(IReadOnlyCollection<StateWrite> round)
    {
        Apply(Insert, [.. round.Where(write => write is { Payload: not null, Etag: null })]);
        Apply(Update, [.. round.Where(write => write is { Payload: not null, Etag: not null })]);
        var removals = round.Where(write => write.Payload is null).ToLookup(write => write.Etag is not null);
        foreach (var (write, _) in Answers(Delete, [.. removals[true]]))
            write.Result = StateWrite.Cleared;

        // The condition "there is no row" holds for those that the database does not know.
        var absent = removals[false].ToHashSet();
        foreach (var (write, _) in Answers(Existing, [.. removals[false]]))
            absent.Remove(write);
        foreach (var write in absent)
            write.Result = StateWrite.Cleared;
    }

    private void Apply(string sql, StateWrite[] writes)
    {
        foreach (var (write, etag) in Answers(sql, writes))
            write.Result = StateWrite.Text(etag);
    }

    private List<(StateWrite Write, long Etag)> Answers(string sql, StateWrite[] writes)
    {
        var answers = new List<(StateWrite, long)>(writes.Length);
        if (writes.Length == 0)
            return answers;
        using var command = new NpgsqlCommand(sql, _connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = System.Array.ConvertAll(writes, write => write.Key.Name) },
                new NpgsqlParameter<string[]>
                    { TypedValue = System.Array.ConvertAll(writes, write => write.Key.GrainType) },
                new NpgsqlParameter<string[]> { TypedValue = System.Array.ConvertAll(writes, write => write.Key.Key) },
                new NpgsqlParameter<byte[][]>
                    { TypedValue = System.Array.ConvertAll(writes, write => write.Payload ?? []) },
                new NpgsqlParameter<long[]> { TypedValue = System.Array.ConvertAll(writes, write => write.Etag ?? -1) },
            },
        };
        command.Prepare();
        var byKey = writes.ToDictionary(write => write.Key);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var key = new StateKey(reader.GetString(0), reader.GetString(1), reader.GetString(2));
            answers.Add((byKey[key], reader.GetInt64(3)));
        }

        return answers;
    }
}
