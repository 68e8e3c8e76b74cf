using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;

namespace GridMesh.Storage.Tracks;

/// <summary>Rows that wait for the next batch; those outside of the days that are kept are left out.</summary>
internal sealed class TrackWrite(IReadOnlyList<TrackPoint> points, IReadOnlyList<DoorRecord> doors) : Write<bool>
{
    public IReadOnlyList<TrackPoint> Points => points;

    public IReadOnlyList<DoorRecord> Doors => doors;

    public override int Weight => points.Count + doors.Count;
}
