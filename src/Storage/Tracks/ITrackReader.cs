using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Tracks;

/// <summary>Reads of positions and door events: from inclusive, to exclusive, oldest first.</summary>
internal interface ITrackReader
{
    ValueTask<IReadOnlyList<TrackPoint>> ReadTrackAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation);

    /// <summary>The latest in that time; null where there is none.</summary>
    ValueTask<TrackPoint?> FindLastAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation);

    ValueTask<IReadOnlyList<DoorRecord>> ReadDoorsAsync(
        string building, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation);
}
