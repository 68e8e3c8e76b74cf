using GridMesh.Storage.Journals;
using GridMesh.Storage.Personal;
using Npgsql;

namespace GridMesh.Storage.Postgres;

/// <summary>
/// Keys and names of people as statements over arrays, in the transaction and the round trip of the facts that need
/// them or throw them away.
/// </summary>
internal static class PostgresPersonalRows
{
    private const string Keys =
        $"INSERT INTO personal_keys ({DataKey.Columns})"
        + " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::smallint[], $5::text[])";

    private const string Names =
        "INSERT INTO personal_names (hash, stream, subject, is_author)"
        + " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::smallint[]) ON CONFLICT DO NOTHING";

    private const string NoKeys =
        "DELETE FROM personal_keys USING unnest($1::text[], $2::text[], $3::smallint[]) AS gone (s, u, p)"
        + " WHERE stream = s AND subject = u AND part <= p";

    private const string NoNames =
        "DELETE FROM personal_names USING unnest($1::text[], $2::text[]) AS gone (s, u)"
        + " WHERE stream = s AND subject = u";

    private const string Claims =
        "UPDATE evidence SET claims = claims - n"
        + " FROM (SELECT h, count(*)::int AS n FROM unnest($1::text[]) AS h GROUP BY h) AS released WHERE hash = h";

    private const string Photos = "DELETE FROM evidence WHERE hash = ANY($1::text[]) AND claims <= 0";

    public static IEnumerable<(string Sql, NpgsqlParameter[] Parameters)> Of(JournalBatch batch)
    {
        if (batch.Keys.Count > 0)
        {
            yield return (Keys,
            [
                Array(batch.Keys.ConvertAll(key => key.Id)), Array(batch.Keys.ConvertAll(key => key.Stream)),
                Array(batch.Keys.ConvertAll(key => key.Subject)), Array(batch.Keys.ConvertAll(key => (short)key.Part)),
                Array(batch.Keys.ConvertAll(key => key.Stored)),
            ]);
        }

        if (batch.Names.Count > 0)
        {
            var names = batch.Names.ToList();
            yield return (Names,
            [
                Array(names.ConvertAll(name => name.Hash)), Array(names.ConvertAll(name => name.Stream)),
                Array(names.ConvertAll(name => name.Subject)),
                Array(names.ConvertAll(name => (short)(name.IsAuthor ? 1 : 0))),
            ]);
        }

        if (batch.Erasures.Count > 0)
        {
            var streams = batch.Erasures.ConvertAll(one => one.Stream);
            var subjects = batch.Erasures.ConvertAll(one => one.Subject);
            string[] photos = [.. batch.Erasures.SelectMany(one => one.What.Photos)];
            yield return (NoKeys,
            [
                Array(streams), Array(subjects),
                Array(batch.Erasures.ConvertAll(one => (short)one.What.Last)),
            ]);
            yield return (NoNames, [Array(streams), Array(subjects)]);
            yield return (Claims, [new NpgsqlParameter<string[]> { TypedValue = photos }]);
            yield return (Photos, [new NpgsqlParameter<string[]> { TypedValue = photos }]);
        }
    }

    private static NpgsqlParameter<T[]> Array<T>(List<T> values) => new() { TypedValue = [.. values] };
}
