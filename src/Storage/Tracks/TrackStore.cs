using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Tracks;

/// <summary>
/// Positions and door events in batches. Rows older than the days that are kept, or more than a day ahead, are dropped:
/// there is no day to put them in.
/// </summary>
internal sealed class TrackStore(Database database, StorageOptions options, TimeProvider time) : ITrackStore
{
    /// <summary>Most rows of one call; and of one read.</summary>
    private const int RowsMax = 100_000;

    public ValueTask AppendAsync(IReadOnlyList<TrackPoint> points, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        var days = TrackDays.Of(time.GetUtcNow(), options.TrackDays);
        var areAllKept = true;
        foreach (var point in points)
        {
            StorableText.Check(point.Worker);
            areAllKept &= days.Contains(TrackDays.DayOf(point.At));
        }

        return AddAsync(
            areAllKept ? points : [.. points.Where(point => days.Contains(TrackDays.DayOf(point.At)))],
            [],
            cancellation);
    }

    public ValueTask AppendAsync(IReadOnlyList<DoorRecord> doors, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(doors);
        var days = TrackDays.Of(time.GetUtcNow(), options.TrackDays);
        foreach (var door in doors)
            StorableText.Check(door.Building, door.Device);
        return AddAsync([], [.. doors.Where(door => days.Contains(TrackDays.DayOf(door.At)))], cancellation);
    }

    public ValueTask<IReadOnlyList<TrackPoint>> ReadTrackAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default)
    {
        CheckLimit(limit);
        return database.TrackReader.ReadTrackAsync(worker, from, to, limit, cancellation);
    }

    public ValueTask<IReadOnlyList<DoorRecord>> ReadDoorsAsync(
        string building, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default)
    {
        CheckLimit(limit);
        return database.TrackReader.ReadDoorsAsync(building, from, to, limit, cancellation);
    }

    private async ValueTask AddAsync(
        IReadOnlyList<TrackPoint> points, IReadOnlyList<DoorRecord> doors, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points.Count, RowsMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(doors.Count, RowsMax);
        if (points.Count + doors.Count == 0)
            return;
        var write = new TrackWrite(points, doors);
        database.Tracks.Add(write);
        await write.Answer(cancellation);
    }

    private static void CheckLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, RowsMax);
    }
}
