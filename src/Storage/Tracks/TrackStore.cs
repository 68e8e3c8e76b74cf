using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Tracks;

/// <summary>
/// Positions and door events in batches. Rows older than the days that are kept, or more than a day ahead, are dropped:
/// there is no day to put them in.
/// </summary>
internal sealed class TrackStore(
    ITrackReader reader, GroupCommitter committer, StorageOptions options, TimeProvider time) : ITrackStore
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

        IReadOnlyList<TrackPoint> kept = areAllKept ? points
            : [.. points.Where(point => days.Contains(TrackDays.DayOf(point.At)))];
        return Add(new TrackWrite.Positions(kept), cancellation);
    }

    public ValueTask AppendAsync(TrackPoint point, CancellationToken cancellation = default)
    {
        StorableText.Check(point.Worker);
        return TrackDays.Of(time.GetUtcNow(), options.TrackDays).Contains(TrackDays.DayOf(point.At))
            ? Add(new TrackWrite.Position(point), cancellation)
            : default;
    }

    public ValueTask AppendAsync(IReadOnlyList<DoorRecord> doors, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(doors);
        var days = TrackDays.Of(time.GetUtcNow(), options.TrackDays);
        foreach (var door in doors)
            StorableText.Check(door.Building, door.Device);
        return Add(
            new TrackWrite.Doors([.. doors.Where(door => days.Contains(TrackDays.DayOf(door.At)))]), cancellation);
    }

    public ValueTask<IReadOnlyList<TrackPoint>> ReadTrackAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default)
    {
        CheckLimit(limit);
        return reader.ReadTrackAsync(worker, from, to, limit, cancellation);
    }

    public ValueTask<TrackPoint?> FindLastAsync(string worker, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        return reader.FindLastAsync(
            worker, now.AddDays(-options.TrackDays), now.AddDays(1), cancellation);
    }

    public ValueTask<IReadOnlyList<DoorRecord>> ReadDoorsAsync(
        string building, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default)
    {
        CheckLimit(limit);
        return reader.ReadDoorsAsync(building, from, to, limit, cancellation);
    }

    private ValueTask Add(TrackWrite write, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(write.Weight, RowsMax);
        if (write.Weight == 0)
            return default;
        committer.Add(write);
        return write.Done(cancellation);
    }

    private static void CheckLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, RowsMax);
    }
}
