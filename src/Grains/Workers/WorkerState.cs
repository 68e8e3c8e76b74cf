using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;

namespace GridMesh.Grains.Workers;

/// <summary>Shift and last position of one worker.</summary>
public sealed class WorkerState(GeoPoint? position, DateTimeOffset? seenAt)
{
    /// <summary>How far a phone's clock may run ahead of ours.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(2);

    /// <summary>How often the last position is stored.</summary>
    public static readonly TimeSpan RememberEvery = TimeSpan.FromMinutes(10);

    public bool OnDuty { get; private set; }

    public DateTimeOffset? Since { get; private set; }

    public long DutyVersion { get; private set; }

    public GeoPoint? Position { get; private set; } = position;

    public DateTimeOffset? SeenAt { get; private set; } = seenAt;

    public bool Apply(DutyRow row)
    {
        if (row.Version <= DutyVersion)
        {
            return false;
        }

        (OnDuty, Since, DutyVersion) = (row.OnDuty, row.Since, row.Version);
        return true;
    }

    /// <summary>Takes a position; it is news when it was measured after the last one.</summary>
    public (RejectCode? Reject, bool IsNew) Move(PositionReport report, DateTimeOffset now)
    {
        if (!OnDuty)
        {
            return (RejectCode.WorkerIsOffDuty, false);
        }

        if (report.At > now + AheadMax)
        {
            return (RejectCode.PositionIsFromTheFuture, false);
        }

        if (report.At <= SeenAt)
        {
            return (null, false);
        }

        (Position, SeenAt) = (report.Point, report.At);
        return (null, true);
    }

    public WorkerView ToView(WorkerEntry entry) => new(entry.Id, entry.Grid, OnDuty, Since, Position, SeenAt);
}
