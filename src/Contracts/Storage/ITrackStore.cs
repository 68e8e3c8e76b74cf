using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Storage;

/// <param name="Accuracy">Metres, null if unknown.</param>
public readonly record struct TrackPoint(string Worker, DateTimeOffset At, GeoPoint Point, float? Accuracy);

public readonly record struct DoorRecord(string Building, string Device, DateTimeOffset At);

/// <summary>Positions and door events: batched rows, kept by day, dropped after <c>TrackDays</c>.</summary>
public interface ITrackStore
{
    /// <summary>
    /// Queues rows for the next batch and answers once that batch is written. A full queue throws
    /// <see cref="StorageUnavailableException"/>; the same (worker, time) again is no error and stored once.
    /// </summary>
    ValueTask AppendAsync(IReadOnlyList<TrackPoint> points, CancellationToken cancellation = default);

    /// <summary>The same for a single position.</summary>
    ValueTask AppendAsync(TrackPoint point, CancellationToken cancellation = default);

    ValueTask AppendAsync(IReadOnlyList<DoorRecord> doors, CancellationToken cancellation = default);

    /// <summary>The way a worker walked, oldest first, at most <paramref name="limit"/> points.</summary>
    ValueTask<IReadOnlyList<TrackPoint>> ReadTrackAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default);

    /// <summary>The latest position of a worker that is kept; null where there is none.</summary>
    ValueTask<TrackPoint?> FindLastAsync(string worker, CancellationToken cancellation = default);

    ValueTask<IReadOnlyList<DoorRecord>> ReadDoorsAsync(
        string building, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default);
}
