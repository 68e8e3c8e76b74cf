using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Journals;

namespace GridMesh.Storage.Kpis;

/// <summary>Reads of the sums: what is in the tables and what this process still holds.</summary>
internal sealed class KpiStore(Database database, KpiBacklog backlog, IKpiWriter writer, GroupCommitter journal)
    : IKpiStore
{
    public async ValueTask<IReadOnlyList<KpiRow>> ReadAsync(
        string subject, KpiPeriod period, DateTimeOffset from, DateTimeOffset to,
        CancellationToken cancellation = default)
    {
        var (stored, held) = await BothAsync(subject, period, from, to, StoredAsync, cancellation);
        return Merge(period, stored, held);
    }

    public async ValueTask<ImmutableArray<long>> SumAsync(
        string subject, KpiPeriod period, DateTimeOffset from, DateTimeOffset to,
        CancellationToken cancellation = default)
    {
        var (sum, held) = await BothAsync(subject, period, from, to, StoredSumAsync, cancellation);
        foreach (var row in held)
            Add(sum, row.Value);
        return [.. sum];
    }

    /// <summary>What is in the tables and what this process still holds, each sum in one of the two.</summary>
    private async ValueTask<(T Stored, List<KeyValuePair<KpiKey, long[]>> Held)> BothAsync<T>(
        string subject, KpiPeriod period, DateTimeOffset from, DateTimeOffset to,
        Func<KpiPeriod, string, long, long, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        StorableText.Check(subject);
        var (first, end) = (KpiTime.Number(period, from), KpiTime.Number(period, to));
        while (true)
        {
            var held = backlog.Look(period, subject, first, end, out var generation, out var wait);
            if (wait is not null)
            {
                await wait.WaitAsync(cancellation);
                continue;
            }

            var stored = await read(period, subject, first, end, cancellation);
            if (backlog.IsStill(generation))
                return (stored, held);
        }
    }

    public async ValueTask<KpiTail?> ReadTailAsync(int limit, CancellationToken cancellation = default)
    {
        // The stretch is known once the writer has opened its connection.
        await journal.OpenAsync(cancellation);
        var stretch = backlog.Stretch;
        if (stretch.IsEmpty)
            return null;
        var facts = await database.ListAsync(
            $"SELECT {Journal.Columns} FROM facts WHERE seq > @from AND seq <= @to AND writer = @writer"
            + $" ORDER BY seq LIMIT {limit}",
            row => Journal.Read(row).Record, cancellation,
            ("from", stretch.From), ("to", stretch.To), ("writer", stretch.Writer));
        return new KpiTail(facts, stretch.From, facts.Count < limit ? stretch.To : facts[^1].Seq);
    }

    public async ValueTask AddTailAsync(
        KpiTail tail, IReadOnlyList<KpiEntry> entries, CancellationToken cancellation = default)
    {
        var stretch = backlog.Stretch;
        var sums = new KpiSums();
        foreach (var entry in entries)
            sums.Add(entry);
        await database.WriteAsync(
            connection =>
            {
                if (connection.Run(
                    "UPDATE kpi_cursor SET seq = @to WHERE writer = @writer AND seq = @from",
                    ("to", tail.UpTo), ("writer", stretch.Writer), ("from", tail.From)) == 0)
                    throw new InvalidOperationException("Somebody else has written these sums.");
                writer.AddKpis(connection, sums);
            },
            cancellation);
        backlog.MoveOn(stretch, tail.UpTo);
    }

    public ValueTask<T> ReadSnapshotAsync<T>(
        Func<IKpiSnapshot, CancellationToken, ValueTask<T>> read, CancellationToken cancellation = default) =>
        database.ReadAsync(
            async (connection, token) =>
            {
                // Where it fails the connection is not kept, and the transaction ends with it.
                connection.Run(database.BeginSnapshot);
                var result = await read(await KpiSnapshot.OpenAsync(connection, token), token);
                connection.Run("COMMIT");
                return result;
            },
            cancellation);

    private ValueTask<List<KeyValuePair<long, long[]>>> StoredAsync(
        KpiPeriod period, string subject, long from, long to, CancellationToken cancellation) =>
        SelectAsync($"start, {KpiColumns.Counters}", " ORDER BY start", Read, period, subject, from, to, cancellation);

    private async ValueTask<long[]> StoredSumAsync(
        KpiPeriod period, string subject, long from, long to, CancellationToken cancellation) =>
        (await SelectAsync(KpiColumns.Sums, "", ReadSum, period, subject, from, to, cancellation))[0];

    private ValueTask<List<T>> SelectAsync<T>(
        string what, string order, Func<DbDataReader, T> read, KpiPeriod period, string subject, long from, long to,
        CancellationToken cancellation) =>
        database.ListAsync(
            $"SELECT {what} FROM {KpiColumns.Table(period)}"
            + $" WHERE subject = @subject AND start >= @from AND start < @to{order}",
            read, cancellation, ("subject", subject), ("from", from), ("to", to));

    /// <summary>PostgreSQL sums bigint to numeric.</summary>
    private static long[] ReadSum(DbDataReader row)
    {
        var counts = new long[KpiCounters.Width];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Convert.ToInt64(row.GetValue(i), CultureInfo.InvariantCulture);
        return counts;
    }

    private static void Add(long[] sum, long[] counts)
    {
        for (var i = 0; i < sum.Length; i++)
            sum[i] += counts[i];
    }

    private static KeyValuePair<long, long[]> Read(DbDataReader row)
    {
        var counts = new long[KpiCounters.Width];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = row.GetInt64(i + 1);
        return KeyValuePair.Create(row.GetInt64(0), counts);
    }

    private static List<KpiRow> Merge(
        KpiPeriod period, List<KeyValuePair<long, long[]>> stored, List<KeyValuePair<KpiKey, long[]>> held)
    {
        var sums = new SortedDictionary<long, long[]>(stored.ToDictionary());
        foreach (var (key, counts) in held)
        {
            if (sums.TryGetValue(key.Start, out var sum))
                Add(sum, counts);
            else
                sums[key.Start] = counts;
        }

        return [.. sums.Select(row => new KpiRow(KpiTime.Start(period, row.Key), [.. row.Value]))];
    }
}
