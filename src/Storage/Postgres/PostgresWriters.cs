using GridMesh.Contracts.Storage;
using GridMesh.Storage.Journals;
using Npgsql;

namespace GridMesh.Storage.Postgres;

/// <summary>
/// Numbers the processes that write the journal: each holds the lowest free number for as long as its connection lives,
/// and goes on with the chains that an earlier holder of the number has left.
/// </summary>
internal static class PostgresWriters
{
    /// <summary>Most processes on one database.</summary>
    private const int WritersMax = 64;

    private const int LockClass = 0x4D455348;

    /// <summary>Held beside the number by those who can read sealed values.</summary>
    private const int SealClass = 0x4D455349;

    public static short Claim(NpgsqlConnection connection)
    {
        for (short writer = 1; writer <= WritersMax; writer++)
        {
            using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockClass}, {writer})", connection);
            if (command.ExecuteScalar() is true)
            {
                using var seal = new NpgsqlCommand($"SELECT pg_advisory_lock({SealClass}, {writer})", connection);
                seal.ExecuteNonQuery();
                return writer;
            }
        }

        throw new StorageUnavailableException($"{WritersMax} processes write this database already.");
    }

    /// <summary>
    /// Whether everybody who writes can read sealed values: while processes of a version before are replaced, one of
    /// them would put what it cannot read into lists and snapshots.
    /// </summary>
    public static bool AllSeal(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            $"SELECT count(*) FILTER (WHERE classid = {LockClass}) <= count(*) FILTER (WHERE classid = {SealClass})"
            + " FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            connection);
        return command.ExecuteScalar() is true;
    }

    public static Dictionary<string, ChainHead> ReadHeads(NpgsqlConnection connection, short writer)
    {
        using var command = new NpgsqlCommand(
            "SELECT district, link, hash FROM chain_heads WHERE writer = $1", connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = writer } },
        };
        using var reader = command.ExecuteReader();
        var heads = new Dictionary<string, ChainHead>();
        while (reader.Read())
            heads[reader.GetString(0)] = new ChainHead(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
        return heads;
    }
}
