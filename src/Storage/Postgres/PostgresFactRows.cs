using GridMesh.Storage.Journals;
using Npgsql;

namespace GridMesh.Storage.Postgres;

/// <summary>
/// The facts of a small group as one statement over arrays. It numbers them itself, so that nothing has to be asked
/// before and the whole group is one round trip; a large group is copied instead, which is cheaper a fact.
/// </summary>
internal static class PostgresFactRows
{
    /// <summary>Most facts of a small group.</summary>
    public const int SmallGroupMax = 64;

    /// <summary>The facts take their numbers in the order of the arrays.</summary>
    public const string Sql =
        "INSERT INTO facts (seq, stream, version, command_id, part, district, type, at, author, payload, writer, link,"
        + " hash, digest) SELECT nextval('facts_seq'), s, v, c, p, d, t, a, u, y, $11, l, h, g"
        + " FROM (SELECT * FROM unnest($1::text[], $2::bigint[], $3::uuid[], $4::smallint[], $5::text[], $6::text[],"
        + " $7::bigint[], $8::text[], $9::bytea[], $10::bigint[], $12::bytea[], $13::bigint[])"
        + " WITH ORDINALITY AS rows (s, v, c, p, d, t, a, u, y, l, h, g, n) ORDER BY n) AS ordered";

    public static NpgsqlParameter[] Parameters(List<FactRow> facts, short writer)
    {
        var rows = facts.ToArray();
        return
        [
            Array(rows, row => row.Append.Stream),
            Array(rows, row => row.Version),
            Array(rows, row => row.Append.CommandId),
            Array(rows, row => (short)row.Part),
            Array(rows, row => row.Append.District.Value),
            Array(rows, row => row.Fact.Type),
            Array(rows, row => row.Fact.At.UtcTicks),
            Array(rows, row => row.Fact.By),
            Array(rows, row => row.Fact.Payload.ToArray()),
            Array(rows, row => row.Link),
            new NpgsqlParameter<short> { TypedValue = writer },
            Array(rows, row => row.Hash),
            Array(rows, row => row.Digest),
        ];
    }

    private static NpgsqlParameter<TValue[]> Array<TValue>(FactRow[] rows, Func<FactRow, TValue> value) =>
        new() { TypedValue = System.Array.ConvertAll(rows, row => value(row)) };
}
