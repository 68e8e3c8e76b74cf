using System.Globalization;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;
using GridMesh.Storage.Tracks;
using Npgsql;
using NpgsqlTypes;

namespace GridMesh.Storage.Postgres;

/// <summary>
/// Batches of positions and door events, copied to where they belong. Where a row of a batch is there already, all are
/// copied into a temporary table, which is not logged, and from there inserted where they are new.
/// </summary>
internal sealed class PostgresTrackTarget(PostgresDatabase database, StorageOptions options, TimeProvider time)
    : IGroupTarget
{
    private const string DayFormat = "yyyyMMdd";

    /// <summary>Held while partitions are made or dropped: two processes must not do it at once.</summary>
    private const long PartitionLock = 0x4D455348_5041_5254;

    private const string Points = "track_points";

    private const string Doors = "door_records";

    /// <summary>Groups that go by the table after one that had rows again: what repeats does so for a while.</summary>
    private const int CarefulGroups = 16;

    private static readonly string[] s_tables = [Points, Doors];

    private readonly HashSet<DateOnly> _days = [];
    private readonly TrackBatch _batch = new();
    private NpgsqlConnection? _connection;
    private DateOnly _prepared;
    private int _careful;

    public void Open()
    {
        _connection = PostgresConnections.OpenWriter(options);
        database.CheckUsable(_connection);
        _connection.Run(
            "CREATE TEMP TABLE new_points (worker text, at bigint, lng float8, lat float8, accuracy real)"
            + " ON COMMIT DELETE ROWS;"
            + "CREATE TEMP TABLE new_doors (building text, at bigint, device text) ON COMMIT DELETE ROWS");
    }

    public void Commit(IReadOnlyList<Write> group)
    {
        var kept = TrackDays.Of(time.GetUtcNow(), options.TrackDays);
        Prune(kept);

        // A day may have passed while a row waited; its partition is gone and so is the row.
        var days = _batch.Fill(group).Where(day => kept.Contains(day.Day)).ToList();
        Create(days.Select(day => day.Day));
        if (_careful > 0)
            _careful--;
        else if (TryCopy(days))
            return;
        else
            _careful = CarefulGroups;
        InsertNew(days);
    }

    public void Close()
    {
        _connection?.Dispose();
        _connection = null;
        _days.Clear();
        _prepared = default;
    }

    public bool IsOutage(Exception exception) => database.IsOutage(exception);

    /// <summary>
    /// Copies rows into their partitions, many with one record of the log. When one of them is there already, nothing
    /// is written and false is answered.
    /// </summary>
    private bool TryCopy(IReadOnlyList<(DateOnly Day, TrackRows Rows)> days)
    {
        using var transaction = _connection!.BeginTransaction();
        try
        {
            foreach (var (day, rows) in days)
            {
                CopyPoints(PartitionOf(Points, day), rows.Points);
                CopyDoors(PartitionOf(Doors, day), rows.Doors);
            }
        }
        catch (PostgresException exception) when (PostgresConnections.IsUniqueViolation(exception))
        {
            transaction.Rollback();
            return false;
        }

        transaction.Commit();
        return true;
    }

    private void InsertNew(IReadOnlyList<(DateOnly Day, TrackRows Rows)> days)
    {
        using var transaction = _connection!.BeginTransaction();
        CopyPoints("new_points", [.. days.SelectMany(day => day.Rows.Points)]);
        CopyDoors("new_doors", [.. days.SelectMany(day => day.Rows.Doors)]);
        _connection.Run(
            $"INSERT INTO {Points} SELECT * FROM new_points ON CONFLICT DO NOTHING;"
            + $"INSERT INTO {Doors} SELECT * FROM new_doors ON CONFLICT DO NOTHING");
        transaction.Commit();
    }

    /// <summary>Once a day: makes the partitions of today and tomorrow, drops the old ones.</summary>
    private void Prune(TrackDays kept)
    {
        if (_prepared == kept.Last)
            return;
        Create([kept.Last.AddDays(-1), kept.Last]);
        using var transaction = _connection!.BeginTransaction();
        _connection.Run($"SELECT pg_advisory_xact_lock({PartitionLock})");
        foreach (var partition in OldPartitions(kept.First))
            _connection.Run($"DROP TABLE IF EXISTS {partition}");
        transaction.Commit();
        _days.RemoveWhere(day => !kept.Contains(day));
        _prepared = kept.Last;
    }

    private void Create(IEnumerable<DateOnly> days)
    {
        foreach (var day in days.Where(day => !_days.Contains(day)).ToArray())
        {
            using var transaction = _connection!.BeginTransaction();
            _connection.Run($"SELECT pg_advisory_xact_lock({PartitionLock})");
            foreach (var table in s_tables)
            {
                _connection.Run(
                    $"CREATE TABLE IF NOT EXISTS {PartitionOf(table, day)} PARTITION OF {table}"
                    + $" FOR VALUES FROM ({TrackDays.StartTicks(day)}) TO ({TrackDays.StartTicks(day.AddDays(1))})");
            }

            transaction.Commit();
            _days.Add(day);
        }
    }

    private List<string> OldPartitions(DateOnly first)
    {
        var old = new List<string>();
        using var command = new NpgsqlCommand(
            "SELECT p.relname, c.relname FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent"
            + " JOIN pg_class c ON c.oid = i.inhrelid WHERE p.oid = ANY ($1::regclass[]::oid[])", _connection)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = s_tables } },
        };
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var partition = reader.GetString(1);
            if (string.CompareOrdinal(partition, PartitionOf(reader.GetString(0), first)) < 0)
                old.Add(partition);
        }

        return old;
    }

    private static string PartitionOf(string table, DateOnly day) =>
        $"{table}_{day.ToString(DayFormat, CultureInfo.InvariantCulture)}";

    private void CopyPoints(string table, List<TrackPoint> points)
    {
        if (points.Count == 0)
            return;
        using var copy = _connection!.BeginBinaryImport(
            $"COPY {table} (worker, at, lng, lat, accuracy) FROM STDIN (FORMAT BINARY)");
        foreach (var point in points)
        {
            copy.StartRow();
            copy.Write(point.Worker, NpgsqlDbType.Text);
            copy.Write(point.At.UtcTicks, NpgsqlDbType.Bigint);
            copy.Write(point.Point.Lng, NpgsqlDbType.Double);
            copy.Write(point.Point.Lat, NpgsqlDbType.Double);
            if (point.Accuracy is { } accuracy)
                copy.Write(accuracy, NpgsqlDbType.Real);
            else
                copy.WriteNull();
        }

        copy.Complete();
    }

    private void CopyDoors(string table, List<DoorRecord> doors)
    {
        if (doors.Count == 0)
            return;
        using var copy = _connection!.BeginBinaryImport(
            $"COPY {table} (building, at, device) FROM STDIN (FORMAT BINARY)");
        foreach (var door in doors)
        {
            copy.StartRow();
            copy.Write(door.Building, NpgsqlDbType.Text);
            copy.Write(door.At.UtcTicks, NpgsqlDbType.Bigint);
            copy.Write(door.Device, NpgsqlDbType.Text);
        }

        copy.Complete();
    }
}
