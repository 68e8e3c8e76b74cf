using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Kpis;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>Adds sums to those in the tables.</summary>
internal sealed class SqliteKpiWriter(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _hours = new(connection, Insert(KpiPeriod.Hour));

    private readonly SqliteStatement _days = new(connection, Insert(KpiPeriod.Day));

    private readonly SqliteStatement _trim = new(
        connection, $"DELETE FROM {KpiColumns.Table(KpiPeriod.Hour)} WHERE subject = ?1 AND start < ?2");

    private readonly SqliteStatement _cursor = new(connection,
        $"UPDATE kpi_cursor SET seq = ?1 WHERE writer = {SqliteJournalSession.Writer}");

    /// <summary>Subjects whose old hours are gone, of <see cref="_trimmedTo"/>.</summary>
    private readonly HashSet<string> _trimmed = [];

    private long _trimmedTo;

    /// <summary>How far the tables reach; a database without sums begins at its first fact.</summary>
    public long Cursor()
    {
        SqliteConnections.Run(
            connection,
            $"INSERT INTO kpi_cursor (writer, seq) VALUES ({SqliteJournalSession.Writer}, 0) ON CONFLICT DO NOTHING");
        using var read = new SqliteStatement(
            connection, $"SELECT seq FROM kpi_cursor WHERE writer = {SqliteJournalSession.Writer}");
        read.Step();
        return read.Int64(0);
    }

    public void Add(KpiSums sums, long oldestHour)
    {
        Add(_hours, sums.Ordered(KpiPeriod.Hour, oldestHour));
        Add(_days, sums.Ordered(KpiPeriod.Day, 0));
        Trim(sums, oldestHour);
    }

    public void MoveOn(long seq) => _cursor.Bind(1, seq).Run();

    public void Dispose()
    {
        foreach (var statement in new[] { _hours, _days, _trim, _cursor })
            statement.Dispose();
    }

    private static void Add(SqliteStatement insert, KeyValuePair<KpiKey, long[]>[] rows)
    {
        foreach (var (key, counts) in rows)
        {
            insert.Bind(1, key.Subject).Bind(2, key.Start);
            for (var i = 0; i < counts.Length; i++)
                insert.Bind(i + 3, counts[i]);
            insert.Run();
        }
    }

    /// <summary>Once a day for each subject that has anything new.</summary>
    private void Trim(KpiSums sums, long oldestHour)
    {
        if (oldestHour >= _trimmedTo + KpiTime.HoursOfDay)
        {
            _trimmed.Clear();
            _trimmedTo = oldestHour;
        }

        foreach (var subject in sums.Subjects.Where(_trimmed.Add))
            _trim.Bind(1, subject).Bind(2, oldestHour).Run();
    }

    private static string Insert(KpiPeriod period) =>
        $"INSERT INTO {KpiColumns.Table(period)} ({KpiColumns.All}) VALUES ("
        + string.Join(", ", Enumerable.Range(1, KpiCounters.Width + 2).Select(index => $"?{index}"))
        + $") {KpiColumns.AddOnConflict(KpiColumns.Table(period))}";
}
