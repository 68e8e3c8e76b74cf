using GridMesh.Contracts.Storage;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>The file of one day, open for writing. Rows are kept in the order in which they are read.</summary>
internal sealed class SqliteTrackDay : IDisposable
{
    private const int CacheMb = 32;

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS points (
            worker TEXT NOT NULL, at INTEGER NOT NULL, lng REAL NOT NULL, lat REAL NOT NULL, accuracy REAL,
            PRIMARY KEY (worker, at)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS doors (
            building TEXT NOT NULL, at INTEGER NOT NULL, device TEXT NOT NULL,
            PRIMARY KEY (building, at, device)) STRICT, WITHOUT ROWID;
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _point;
    private readonly SqliteStatement _door;

    public SqliteTrackDay(string path)
    {
        _connection = SqliteConnections.OpenWriter(path, CacheMb);

        // Nobody waits for a single batch as they do for a case, so SQLite's own checkpoints do.
        SqliteConnections.Run(_connection, "PRAGMA wal_autocheckpoint = 4000;" + Schema);
        _point = new SqliteStatement(_connection,
            "INSERT INTO points (worker, at, lng, lat, accuracy) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");
        _door = new SqliteStatement(_connection,
            "INSERT INTO doors (building, at, device) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    }

    public void Write(IReadOnlyList<TrackPoint> points, IReadOnlyList<DoorRecord> doors)
    {
        SqliteConnections.Run(_connection, "BEGIN IMMEDIATE");
        foreach (var point in points)
        {
            _point.Bind(1, point.Worker).Bind(2, point.At.UtcTicks).Bind(3, point.Point.Lng).Bind(4, point.Point.Lat)
                .Bind(5, (double?)point.Accuracy).Run();
        }

        foreach (var door in doors)
            _door.Bind(1, door.Building).Bind(2, door.At.UtcTicks).Bind(3, door.Device).Run();
        SqliteConnections.Run(_connection, "COMMIT");
    }

    public void Dispose()
    {
        _point.Dispose();
        _door.Dispose();
        _connection.Dispose();
    }
}
