using GridMesh.Contracts.Storage;

namespace GridMesh.Product.Fixture.Simulated;

/// <summary>A track store that forgets everything.</summary>
public sealed class NoTracks : ITrackStore
{
    public ValueTask AppendAsync(IReadOnlyList<TrackPoint> points, CancellationToken cancellation = default) => default;

    public ValueTask AppendAsync(TrackPoint point, CancellationToken cancellation = default) => default;

    public ValueTask AppendAsync(IReadOnlyList<DoorRecord> doors, CancellationToken cancellation = default) => default;

    public ValueTask<IReadOnlyList<TrackPoint>> ReadTrackAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<TrackPoint>>([]);

    public ValueTask<IReadOnlyList<DoorRecord>> ReadDoorsAsync(
        string building, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<DoorRecord>>([]);
}
