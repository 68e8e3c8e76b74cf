using System.Data.Common;
using System.Globalization;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Tracks;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>Positions and door events in a file for each UTC day; an old day is dropped by deleting its file.</summary>
internal sealed class SqliteTracks(SqliteFolder folder, StorageOptions options, TimeProvider time)
    : IGroupTarget, ITrackReader
{
    /// <summary>Day files kept open for writing: yesterday, today, tomorrow.</summary>
    private const int OpenMax = 3;

    private const string DayFormat = "yyyy-MM-dd";

    private const string DoorsSql =
        "SELECT building, device, at FROM doors WHERE building = @of AND at >= @from AND at < @to"
        + " ORDER BY at, device LIMIT @limit";

    private readonly SortedDictionary<DateOnly, SqliteTrackDay> _open = [];
    private readonly TrackBatch _batch = new();
    private DateOnly _pruned;

    public void Open() => folder.Hold();

    public void Commit(IReadOnlyList<Write> group)
    {
        Prune();
        foreach (var (day, rows) in _batch.Fill(group))
            OpenDay(day).Write(rows.Points, rows.Doors);
    }

    public void Close()
    {
        foreach (var day in _open.Values)
            day.Dispose();
        _open.Clear();
    }

    public bool IsOutage(Exception exception) => SqliteConnections.IsOutage(exception);

    public ValueTask<IReadOnlyList<TrackPoint>> ReadTrackAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        ReadDaysAsync(
            SqliteTrackDay.ReadSql, SqliteTrackDay.ReadWithoutLogsSql,
            row => new TrackPoint(row.GetString(0), row.Time(1), new GeoPoint(row.GetDouble(2), row.GetDouble(3)),
                row.IsDBNull(4) ? null : row.GetFloat(4)),
            worker, from, to, limit, cancellation);

    public ValueTask<IReadOnlyList<DoorRecord>> ReadDoorsAsync(
        string building, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        ReadDaysAsync(
            DoorsSql, DoorsSql,
            row => new DoorRecord(row.GetString(0), row.GetString(1), row.Time(2)),
            building, from, to, limit, cancellation);

    private async ValueTask<IReadOnlyList<T>> ReadDaysAsync<T>(
        string sql, string sqlWithoutLogs, Func<DbDataReader, T> read, string of, DateTimeOffset from,
        DateTimeOffset to, int limit, CancellationToken cancellation)
    {
        var rows = new List<T>();
        try
        {
            folder.Hold();
            foreach (var day in DaysOnDisk().Where(day => day >= TrackDays.DayOf(from) && day <= TrackDays.DayOf(to)))
            {
                if (rows.Count >= limit)
                    break;
                using var connection = SqliteConnections.OpenReader(PathOf(day));
                await using var command = connection.Command(
                    HasLogs(connection) ? sql : sqlWithoutLogs, ("of", of), ("from", from.UtcTicks),
                    ("to", to.UtcTicks), ("limit", limit - rows.Count));
                rows.AddRange(await command.ListAsync(read, cancellation));
            }
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            throw Database.Outage(exception);
        }

        return rows;
    }

    private static bool HasLogs(SqliteConnection connection)
    {
        using var command = connection.Command(SqliteTrackDay.HasLogsSql);
        return (long)command.ExecuteScalar()! > 0;
    }

    private SqliteTrackDay OpenDay(DateOnly day)
    {
        if (_open.TryGetValue(day, out var file))
            return file;
        if (_open.Count >= OpenMax)
        {
            var oldest = _open.First();
            oldest.Value.Dispose();
            _open.Remove(oldest.Key);
        }

        return _open[day] = new SqliteTrackDay(PathOf(day));
    }

    private void Prune()
    {
        var days = TrackDays.Of(time.GetUtcNow(), options.TrackDays);
        if (_pruned == days.First)
            return;
        foreach (var day in DaysOnDisk().Where(day => day < days.First).ToArray())
        {
            if (_open.Remove(day, out var open))
                open.Dispose();
            foreach (var suffix in new[] { "", "-wal", "-shm" })
                File.Delete(PathOf(day) + suffix);
        }

        _pruned = days.First;
    }

    private string PathOf(DateOnly day) => Path.Combine(
        folder.Tracks, day.ToString(DayFormat, CultureInfo.InvariantCulture) + ".db");

    private IEnumerable<DateOnly> DaysOnDisk() =>
        Directory.EnumerateFiles(folder.Tracks, "*.db")
            .Select(path => DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(path), DayFormat, out var day)
                ? day : (DateOnly?)null)
            .OfType<DateOnly>()
            .Order();
}
