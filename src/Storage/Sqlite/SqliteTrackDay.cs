using GridMesh.Contracts.Storage;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>
/// The file of one day, open for writing. Positions are first written one behind the other into a log, because each in
/// the place where it is read would write a whole page for every row; once there are several of each worker they are
/// sorted in, a slice with every batch. What the last process left in the logs is sorted in when the file is opened.
/// </summary>
internal sealed class SqliteTrackDay : IDisposable
{
    /// <summary>
    /// Rows of a worker (@of) from a time (@from) to another (@to), wherever they lie. A row that is being sorted in
    /// lies in two places, and one that was sent twice may too; the first one counts.
    /// </summary>
    public const string ReadSql =
        """
        SELECT worker, at, lng, lat, accuracy, min(place) FROM (
            SELECT 0 AS place, worker, at, lng, lat, accuracy FROM points
            WHERE worker = @of AND at >= @from AND at < @to
            UNION ALL
            SELECT rowid, worker, at, lng, lat, accuracy FROM recent0 WHERE worker = @of AND at >= @from AND at < @to
            UNION ALL
            SELECT rowid, worker, at, lng, lat, accuracy FROM recent1 WHERE worker = @of AND at >= @from AND at < @to)
        GROUP BY at ORDER BY at LIMIT @limit
        """;

    /// <summary>The same of a file that was last written before there were logs.</summary>
    public const string ReadWithoutLogsSql =
        """
        SELECT worker, at, lng, lat, accuracy FROM points WHERE worker = @of AND at >= @from AND at < @to
        ORDER BY at LIMIT @limit
        """;

    /// <summary>The latest of those rows.</summary>
    public const string LastSql =
        """
        SELECT worker, at, lng, lat, accuracy FROM (
            SELECT * FROM (SELECT worker, at, lng, lat, accuracy FROM points
                WHERE worker = @of AND at >= @from AND at < @to ORDER BY at DESC LIMIT 1)
            UNION ALL
            SELECT worker, at, lng, lat, accuracy FROM recent0 WHERE worker = @of AND at >= @from AND at < @to
            UNION ALL
            SELECT worker, at, lng, lat, accuracy FROM recent1 WHERE worker = @of AND at >= @from AND at < @to)
        ORDER BY at DESC LIMIT @limit
        """;

    /// <summary>The same of a file that was last written before there were logs.</summary>
    public const string LastWithoutLogsSql =
        """
        SELECT worker, at, lng, lat, accuracy FROM points WHERE worker = @of AND at >= @from AND at < @to
        ORDER BY at DESC LIMIT @limit
        """;

    /// <summary>Which of them there are: none in a file that is just being made, one in an older one.</summary>
    public const string TablesSql = "SELECT count(*) FROM sqlite_schema WHERE name IN ('points', 'recent0')";

    private const int CacheMb = 32;

    /// <summary>Least rows sorted in with a batch; more where the batch is larger, so that it keeps up.</summary>
    private const int SliceMin = 2_000;

    /// <summary>All of it or nothing is there for whoever reads meanwhile.</summary>
    private const string Schema =
        """
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS points (
            worker TEXT NOT NULL, at INTEGER NOT NULL, lng REAL NOT NULL, lat REAL NOT NULL, accuracy REAL,
            PRIMARY KEY (worker, at)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS recent0 (
            worker TEXT NOT NULL, at INTEGER NOT NULL, lng REAL NOT NULL, lat REAL NOT NULL, accuracy REAL) STRICT;
        CREATE TABLE IF NOT EXISTS recent1 (
            worker TEXT NOT NULL, at INTEGER NOT NULL, lng REAL NOT NULL, lat REAL NOT NULL, accuracy REAL) STRICT;
        CREATE TABLE IF NOT EXISTS doors (
            building TEXT NOT NULL, at INTEGER NOT NULL, device TEXT NOT NULL,
            PRIMARY KEY (building, at, device)) STRICT, WITHOUT ROWID;
        COMMIT;
        """;

    private const string Columns = "(worker, at, lng, lat, accuracy) VALUES (?1, ?2, ?3, ?4, ?5)";

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _point;
    private readonly SqliteStatement[] _logs;
    private readonly SqliteStatement _door;
    private int _log;
    private RecentPoints _recent = new();
    private RecentPoints _sorted = new();
    private RecentPoints? _sorting;

    public SqliteTrackDay(string path)
    {
        _connection = SqliteConnections.OpenWriter(path, CacheMb);

        // Nobody waits for a single batch as they do for a case, so SQLite's own checkpoints do.
        SqliteConnections.Run(_connection, "PRAGMA wal_autocheckpoint = 4000;" + Schema);
        foreach (var log in Logs)
        {
            SqliteConnections.Run(
                _connection,
                $"""
                BEGIN IMMEDIATE;
                INSERT INTO points SELECT worker, at, lng, lat, accuracy FROM {log} ORDER BY worker, at, rowid
                    ON CONFLICT DO NOTHING;
                DELETE FROM {log};
                COMMIT;
                """);
        }

        _point = new SqliteStatement(_connection, $"INSERT INTO points {Columns} ON CONFLICT DO NOTHING");
        _logs = [.. Logs.Select(log => new SqliteStatement(_connection, $"INSERT INTO {log} {Columns}"))];
        _door = new SqliteStatement(_connection,
            "INSERT INTO doors (building, at, device) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    }

    private static string[] Logs => ["recent0", "recent1"];

    /// <summary>One durable transaction. After an error the file has to be opened anew.</summary>
    public void Write(List<TrackPoint> points, List<DoorRecord> doors)
    {
        SqliteConnections.Run(_connection, "BEGIN IMMEDIATE");
        foreach (var point in points)
        {
            Insert(_logs[_log], point);
            _recent.Add(point);
        }

        foreach (var door in doors)
            _door.Bind(1, door.Building).Bind(2, door.At.UtcTicks).Bind(3, door.Device).Run();
        SortIn(Math.Max(SliceMin, 2 * points.Count));
        SqliteConnections.Run(_connection, "COMMIT");
    }

    public void Dispose()
    {
        _point.Dispose();
        foreach (var log in _logs)
            log.Dispose();
        _door.Dispose();
        _connection.Dispose();
    }

    private static void Insert(SqliteStatement statement, in TrackPoint point) => statement
        .Bind(1, point.Worker).Bind(2, point.At.UtcTicks).Bind(3, point.Point.Lng).Bind(4, point.Point.Lat)
        .Bind(5, (double?)point.Accuracy).Run();

    private void SortIn(int rows)
    {
        if (_sorting is null && _recent.IsRipe)
            (_sorting, _recent, _log) = (_recent, _sorted, 1 - _log);

        if (_sorting is null)
            return;

        foreach (var point in _sorting.Take(rows))
            Insert(_point, point);

        if (_sorting.IsTaken)
        {
            // Without a condition SQLite drops the pages as they are.
            SqliteConnections.Run(_connection, $"DELETE FROM {Logs[1 - _log]}");
            _sorting.Clear();
            (_sorted, _sorting) = (_sorting, null);
        }
    }
}
