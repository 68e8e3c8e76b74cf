using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Tracks;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>Positions and door events in a file for each UTC day; an old day is dropped by deleting its file.</summary>
internal sealed class SqliteTracks(SqliteFolder folder, StorageOptions options, TimeProvider time)
    : IGroupTarget, ITrackReader, IDisposable
{
    /// <summary>Day files kept open for writing: yesterday, today, tomorrow.</summary>
    private const int OpenMax = 3;

    /// <summary>Connections that read a day's file at once, and stay open for the next readers.</summary>
    private const int ReadersMax = 4;

    /// <summary>So many days are looked up one by one; for more the folder is listed.</summary>
    private const int DaysLookedUp = 8;

    private const string DayFormat = "yyyy-MM-dd";

    private const string DoorsSql =
        "SELECT building, device, at FROM doors WHERE building = @of AND at >= @from AND at < @to"
        + " ORDER BY at, device LIMIT @limit";

    private readonly SortedDictionary<DateOnly, SqliteTrackDay> _open = [];
    private readonly ConcurrentDictionary<DateOnly, SqliteReaders> _readers = new();
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

    public void Dispose()
    {
        foreach (var day in _readers.Keys)
        {
            if (_readers.TryRemove(day, out var readers))
                readers.Dispose();
        }
    }

    public bool IsOutage(Exception exception) => SqliteConnections.IsOutage(exception);

    public ValueTask<IReadOnlyList<TrackPoint>> ReadTrackAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        ReadDaysAsync(
            SqliteTrackDay.ReadWithoutLogsSql, SqliteTrackDay.ReadSql,
            PointRow.Read, worker, from, to, limit, cancellation);

    public async ValueTask<TrackPoint?> FindLastAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        await ReadDaysAsync(
            SqliteTrackDay.LastWithoutLogsSql, SqliteTrackDay.LastSql,
            PointRow.Read, worker, from, to, 1, cancellation, newestFirst: true) is [var last] ? last : null;

    public ValueTask<IReadOnlyList<DoorRecord>> ReadDoorsAsync(
        string building, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        ReadDaysAsync(
            DoorsSql, DoorsSql,
            row => new DoorRecord(row.GetString(0), row.GetString(1), row.Time(2)),
            building, from, to, limit, cancellation);

    private async ValueTask<IReadOnlyList<T>> ReadDaysAsync<T>(
        string withoutLogs, string withLogs, Func<DbDataReader, T> read, string of, DateTimeOffset from,
        DateTimeOffset to, int limit, CancellationToken cancellation, bool newestFirst = false)
    {
        var rows = new List<T>();
        try
        {
            folder.Hold();
            var days = DaysOnDisk(TrackDays.DayOf(from), TrackDays.DayOf(to));
            foreach (var day in newestFirst ? days.Reverse() : days)
            {
                if (rows.Count >= limit)
                    break;
                var readers = _readers.GetOrAdd(day, _ => new SqliteReaders(PathOf(day), ReadersMax));
                await using var lease = await readers.RentAsync(cancellation);
                var tables = Tables(lease.Connection);
                if (tables == 0)
                {
                    lease.Keep();
                    continue;
                }

                await using var command = lease.Connection.Command(
                    tables == 1 ? withoutLogs : withLogs, ("of", of), ("from", from.UtcTicks), ("to", to.UtcTicks),
                    ("limit", limit - rows.Count));
                rows.AddRange(await command.ListAsync(read, cancellation));
                lease.Keep();
            }
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            throw Outage.Of(exception);
        }

        return rows;
    }

    private static long Tables(DbConnection connection)
    {
        using var command = connection.Command(SqliteTrackDay.TablesSql);
        return (long)command.ExecuteScalar()!;
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
            if (_readers.TryRemove(day, out var readers))
                readers.Dispose();
            foreach (var suffix in new[] { "", "-wal", "-shm" })
                File.Delete(PathOf(day) + suffix);
        }

        _pruned = days.First;
    }

    private string PathOf(DateOnly day) => Path.Combine(
        folder.Tracks, day.ToString(DayFormat, CultureInfo.InvariantCulture) + ".db");

    private IEnumerable<DateOnly> DaysOnDisk(DateOnly first, DateOnly last) =>
        last.DayNumber - first.DayNumber < DaysLookedUp
            ? Enumerable.Range(first.DayNumber, Math.Max(0, last.DayNumber - first.DayNumber + 1))
                .Select(DateOnly.FromDayNumber).Where(day => File.Exists(PathOf(day)))
            : DaysOnDisk().Where(day => day >= first && day <= last);

    private IEnumerable<DateOnly> DaysOnDisk() =>
        Directory.EnumerateFiles(folder.Tracks, "*.db")
            .Select(path => DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(path), DayFormat, out var day)
                ? day : (DateOnly?)null)
            .OfType<DateOnly>()
            .Order();
}
