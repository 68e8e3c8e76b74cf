using GridMesh.Contracts.Storage;

namespace GridMesh.Grains.Workers;

/// <summary>The shift of one worker. Where it is, its grid knows.</summary>
public sealed class WorkerState
{
    public bool OnDuty { get; private set; }

    public DateTimeOffset? Since { get; private set; }

    public long DutyVersion { get; private set; }

    public bool Apply(DutyRow row)
    {
        if (row.Version <= DutyVersion)
        {
            return false;
        }

        (OnDuty, Since, DutyVersion) = (row.OnDuty, row.Since, row.Version);
        return true;
    }
}
