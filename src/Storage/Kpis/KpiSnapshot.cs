using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Journals;

namespace GridMesh.Storage.Kpis;

/// <summary>Reads within one transaction that sees nothing of what others commit.</summary>
internal sealed class KpiSnapshot : IKpiSnapshot
{
    private const int PageRows = 1_000;

    private readonly DbConnection _connection;
    private readonly Dictionary<int, long> _cursors;

    private KpiSnapshot(DbConnection connection, Dictionary<int, long> cursors) =>
        (_connection, _cursors) = (connection, cursors);

    public static async ValueTask<KpiSnapshot> OpenAsync(DbConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.Command("SELECT writer, seq FROM kpi_cursor");
        var cursors = await command.ListAsync(
            row => KeyValuePair.Create(row.GetInt32(0), row.GetInt64(1)), cancellation);
        return new KpiSnapshot(connection, cursors.ToDictionary());
    }

    public async ValueTask<string?> NextStreamAsync(
        string after, string before, CancellationToken cancellation = default)
    {
        await using var command = _connection.Command(
            "SELECT stream FROM facts WHERE stream > @after AND stream < @before ORDER BY stream LIMIT 1",
            ("after", after), ("before", before));
        return (await command.ListAsync(row => row.GetString(0), cancellation)).FirstOrDefault();
    }

    public async IAsyncEnumerable<KpiFact> ReadFactsAsync(
        string from, string before, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (stream, version) = (from, 0L);
        while (true)
        {
            var page = await PageAsync(stream, version, before, cancellation);
            foreach (var fact in page)
                yield return new KpiFact(
                    fact.Record, fact.Record.Seq <= _cursors.GetValueOrDefault(fact.Writer));
            if (page.Count < PageRows)
                yield break;
            (stream, version) = (page[^1].Record.Stream, page[^1].Record.Version);
        }
    }

    public async ValueTask<IReadOnlyList<string>> ReadSubjectsAsync(
        string from, string before, CancellationToken cancellation = default)
    {
        var tables = Enum.GetValues<KpiPeriod>().Select(period =>
            $"SELECT subject FROM {KpiColumns.Table(period)} WHERE subject >= @from AND subject < @before");
        await using var command = _connection.Command(
            string.Join(" UNION ", tables), ("from", from), ("before", before));
        return await command.ListAsync(row => row.GetString(0), cancellation);
    }

    public async ValueTask<IReadOnlyList<KpiRow>> SumAsync(
        KpiPeriod period, string from, string before, CancellationToken cancellation = default)
    {
        await using var command = _connection.Command(
            $"SELECT start, {KpiColumns.Sums} FROM {KpiColumns.Table(period)}"
            + " WHERE subject >= @from AND subject < @before GROUP BY start ORDER BY start",
            ("from", from), ("before", before));
        return await command.ListAsync(row => Read(period, row), cancellation);
    }

    private async ValueTask<List<StoredFact>> PageAsync(
        string stream, long version, string before, CancellationToken cancellation)
    {
        await using var command = _connection.Command(
            $"SELECT {Journal.Columns} FROM facts WHERE (stream, version) > (@stream, @version)"
            + $" AND stream < @before ORDER BY stream, version LIMIT {PageRows}",
            ("stream", stream), ("version", version), ("before", before));
        return await command.ListAsync(Journal.Read, cancellation);
    }

    /// <summary>PostgreSQL sums bigint to numeric.</summary>
    private static KpiRow Read(KpiPeriod period, DbDataReader row) => new(
        KpiTime.Start(period, row.GetInt64(0)),
        [.. Enumerable.Range(1, KpiCounters.Width).Select(
            column => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture))]);
}
