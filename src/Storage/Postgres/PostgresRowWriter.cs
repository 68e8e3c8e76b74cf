using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Journals;
using Npgsql;

namespace GridMesh.Storage.Postgres;

/// <summary>
/// The last round trip of a group: case rows, duty rows, chain heads, commit; for a small group the only one, with its
/// beginning, the journal's lock and the facts before them. Each list is one statement over arrays. The batches with
/// and without these parts are prepared apart.
/// </summary>
internal sealed class PostgresRowWriter(NpgsqlConnection connection, short writer) : IDisposable
{
    private static readonly string s_cases = Upsert(
        "cases", "number", CaseRows.Columns,
        "text[], bigint[], smallint[], text[], smallint[], smallint[], smallint[], text[], float8[], float8[], bigint[],"
        + " bigint[], smallint[], text[], text[], text[], int[], int[], int[],"
        + " smallint[], bigint[]");

    private static readonly string s_duty = Upsert(
        "duty", "worker", CaseRows.DutyColumns, "text[], text[], smallint[], bigint[], bigint[]");

    private const string Heads =
        "INSERT INTO chain_heads (district, writer, link, hash)"
        + " SELECT d, $1, l, h FROM unnest($2::text[], $3::bigint[], $4::bytea[]) AS heads (d, l, h)"
        + " ON CONFLICT (district, writer) DO UPDATE SET link = excluded.link, hash = excluded.hash";

    private readonly Dictionary<(bool Facts, bool Cases, bool Duties, bool Keys, bool Names), NpgsqlBatch> _prepared =
        [];

    /// <param name="withFacts">The transaction is to be begun, and the facts are to be written as well.</param>
    public void WriteAndCommit(JournalBatch batch, bool withFacts)
    {
        if (batch.Erasures.Count > 0)
        {
            // Rare, and not worth to be prepared.
            using var once = new NpgsqlBatch(connection);
            Fill(once, batch, withFacts);
            once.ExecuteNonQuery();
            return;
        }

        var shape = (
            withFacts, batch.Cases.Count > 0, batch.Duties.Count > 0, batch.Keys.Count > 0, batch.Names.Count > 0);
        if (!_prepared.TryGetValue(shape, out var commands))
            _prepared[shape] = commands = new NpgsqlBatch(connection);
        var isNew = commands.BatchCommands.Count == 0;
        Fill(commands, batch, withFacts);
        if (isNew)
            commands.Prepare();
        commands.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var batch in _prepared.Values)
            batch.Dispose();
    }

    private void Fill(NpgsqlBatch commands, JournalBatch batch, bool withFacts)
    {
        var index = 0;
        if (withFacts)
        {
            Set(commands, index++, "BEGIN", []);
            Set(commands, index++, PostgresJournalSession.LockSql, []);
            Set(commands, index++, PostgresFactRows.Sql, PostgresFactRows.Parameters(batch.Facts, writer));
        }

        if (batch.Cases.Count > 0)
            Set(commands, index++, s_cases, Arrays([.. batch.Cases.Values]));
        if (batch.Duties.Count > 0)
            Set(commands, index++, s_duty, Arrays([.. batch.Duties.Values]));
        Set(commands, index++, Heads, Arrays(batch.Heads));
        foreach (var (sql, parameters) in PostgresPersonalRows.Of(batch))
            Set(commands, index++, sql, parameters);
        Set(commands, index, "COMMIT", []);
    }

    private static void Set(NpgsqlBatch batch, int index, string sql, NpgsqlParameter[] parameters)
    {
        if (batch.BatchCommands.Count == index)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        var command = batch.BatchCommands[index];
        command.Parameters.Clear();
        command.Parameters.AddRange(parameters);
    }

    private static string Upsert(string table, string key, string columns, string types)
    {
        var arrays = string.Join(", ", types.Split(", ").Select((type, index) => $"${index + 1}::{type.Trim()}"));
        return $"INSERT INTO {table} ({columns}) SELECT * FROM unnest({arrays})"
            + $" {CaseRows.OnConflict(table, key, columns)}";
    }

    private static NpgsqlParameter[] Arrays(CaseRow[] rows) =>
    [
        Array(rows, row => row.Number.Value),
        Array(rows, row => row.Version),
        Array(rows, row => (short)row.Step),
        Array(rows, row => row.Category),
        Array(rows, row => (short)row.Line),
        Array(rows, row => (short)row.Severity),
        Array(rows, row => (short)row.Source),
        Array(rows, row => row.Description),
        Array(rows, row => row.Position?.Lng),
        Array(rows, row => row.Position?.Lat),
        Array(rows, row => row.ReportedAt.UtcTicks),
        Array(rows, row => row.DueAt?.UtcTicks),
        Array(rows, row => (short)(row.Overdue ? 1 : 0)),
        Array(rows, row => row.Owner),
        Array(rows, row => row.Desk.Value),
        Array(rows, row => row.AlarmKey),
        Array(rows, row => row.ReportedDay),
        Array(rows, row => row.ClosedDay),
        Array(rows, row => row.Number.Serial),
        Array(rows, row => (short)row.AlsoLines),
        Array(rows, row => row.RungAt?.UtcTicks),
    ];

    private static NpgsqlParameter[] Arrays(DutyRow[] rows) =>
    [
        Array(rows, row => row.Worker),
        Array(rows, row => row.Grid.Value),
        Array(rows, row => (short)(row.OnDuty ? 1 : 0)),
        Array(rows, row => row.Since.UtcTicks),
        Array(rows, row => row.Version),
    ];

    private NpgsqlParameter[] Arrays(Dictionary<string, ChainHead> heads) =>
    [
        new NpgsqlParameter<short> { TypedValue = writer },
        new NpgsqlParameter<string[]> { TypedValue = [.. heads.Keys] },
        new NpgsqlParameter<long[]> { TypedValue = [.. heads.Values.Select(head => head.Link)] },
        new NpgsqlParameter<byte[][]> { TypedValue = [.. heads.Values.Select(head => head.Hash)] },
    ];

    private static NpgsqlParameter<TValue[]> Array<TRow, TValue>(TRow[] rows, Func<TRow, TValue> value) =>
        new() { TypedValue = System.Array.ConvertAll(rows, row => value(row)) };
}
