using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Kpis;
using Npgsql;

namespace GridMesh.Storage.Postgres;

/// <summary>Adds sums to those in the tables: each table is one statement over arrays.</summary>
internal static class PostgresKpiWriter
{
    /// <summary>How far the tables reach for a writer; one without sums begins at the first fact.</summary>
    public static KpiStretch Stretch(NpgsqlConnection connection, short writer)
    {
        using var command = new NpgsqlCommand(
            "WITH fresh AS (INSERT INTO kpi_cursor (writer, seq) VALUES ($1, 0) ON CONFLICT DO NOTHING RETURNING seq)"
            + " SELECT coalesce((SELECT seq FROM fresh), (SELECT seq FROM kpi_cursor WHERE writer = $1)),"
            + " (SELECT coalesce(max(seq), 0) FROM facts)", connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = writer } },
        };
        using var reader = command.ExecuteReader();
        reader.Read();
        return new KpiStretch(writer, reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>In one transaction of its own, with the place that the sums of this writer reach to.</summary>
    public static void WriteAndCommit(NpgsqlConnection connection, short writer, KpiSums sums, long oldestHour)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresJournalSession.LockSql));
        Add(batch, sums, oldestHour);
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand("UPDATE kpi_cursor SET seq = (SELECT max(seq) FROM facts) WHERE writer = $1")
            {
                Parameters = { new NpgsqlParameter<int> { TypedValue = writer } },
            });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        batch.ExecuteNonQuery();
    }

    public static void Add(NpgsqlBatch batch, KpiSums sums, long oldestHour)
    {
        batch.BatchCommands.Add(Insert(KpiPeriod.Hour, sums.Ordered(KpiPeriod.Hour, oldestHour)));
        batch.BatchCommands.Add(Insert(KpiPeriod.Day, sums.Ordered(KpiPeriod.Day, 0)));
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(
                $"DELETE FROM {KpiColumns.Table(KpiPeriod.Hour)} WHERE subject = ANY($1) AND start < $2")
            {
                Parameters =
                {
                    new NpgsqlParameter<string[]> { TypedValue = [.. sums.Subjects] },
                    new NpgsqlParameter<long> { TypedValue = oldestHour },
                },
            });
    }

    private static NpgsqlBatchCommand Insert(KpiPeriod period, KeyValuePair<KpiKey, long[]>[] rows)
    {
        var table = KpiColumns.Table(period);
        var arrays = Enumerable.Range(2, KpiCounters.Width + 1).Select(index => $"${index}::bigint[]");
        var command = new NpgsqlBatchCommand(
            $"INSERT INTO {table} ({KpiColumns.All}) SELECT * FROM unnest($1::text[], {string.Join(", ", arrays)})"
            + $" {KpiColumns.AddOnConflict(table)}");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(row => row.Key.Subject)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Key.Start)] });
        for (var i = 0; i < KpiCounters.Width; i++)
        {
            var counter = i;
            command.Parameters.Add(
                new NpgsqlParameter<long[]> { TypedValue = System.Array.ConvertAll(rows, row => row.Value[counter]) });
        }

        return command;
    }
}
