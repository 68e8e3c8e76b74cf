using GridMesh.Contracts.Storage;

namespace GridMesh.Product.Fixture.Simulated;

/// <summary>A track store that forgets positions and keeps doors, and counts who looks for them.</summary>
public sealed class DoorTracks : ITrackStore
{
    private readonly Lock _gate = new();
    private readonly List<DoorRecord> _doors = [];

    /// <summary>How often doors were looked up.</summary>
    public int Reads { get; private set; }

    public ValueTask AppendAsync(IReadOnlyList<TrackPoint> points, CancellationToken cancellation = default) => default;

    public ValueTask AppendAsync(TrackPoint point, CancellationToken cancellation = default) => default;

    public ValueTask AppendAsync(IReadOnlyList<DoorRecord> doors, CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            _doors.AddRange(doors);
        }

        return default;
    }

    public ValueTask<IReadOnlyList<TrackPoint>> ReadTrackAsync(
        string worker, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<TrackPoint>>([]);

    public ValueTask<TrackPoint?> FindLastAsync(string worker, CancellationToken cancellation = default) => default;

    public ValueTask<IReadOnlyList<DoorRecord>> ReadDoorsAsync(
        string building, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            Reads++;
            return ValueTask.FromResult<IReadOnlyList<DoorRecord>>(
                [.. _doors.Where(door => door.Building == building && door.At >= from && door.At < to)
                    .OrderBy(door => door.At).Take(limit)]);
        }
    }
}
