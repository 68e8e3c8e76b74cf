using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;

namespace GridMesh.Storage.Tracks;

/// <summary>Rows that wait for the next batch; those outside of the days that are kept are left out.</summary>
internal abstract class TrackWrite : Write<bool>
{
    public abstract void AddTo(TrackBatch batch);

    /// <summary>One position: what nearly all writes are, so they carry no list.</summary>
    internal sealed class Position(in TrackPoint point) : TrackWrite
    {
        private readonly TrackPoint _point = point;

        public override void AddTo(TrackBatch batch) => batch.Add(_point);
    }

    internal sealed class Positions(IReadOnlyList<TrackPoint> points) : TrackWrite
    {
        public override int Weight => points.Count;

        public override void AddTo(TrackBatch batch)
        {
            for (var i = 0; i < points.Count; i++)
                batch.Add(points[i]);
        }
    }

    internal sealed class Doors(IReadOnlyList<DoorRecord> doors) : TrackWrite
    {
        public override int Weight => doors.Count;

        public override void AddTo(TrackBatch batch)
        {
            foreach (var door in doors)
                batch.Add(door);
        }
    }
}
