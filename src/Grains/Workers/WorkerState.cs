using GridMesh.Contracts.Workers;

namespace GridMesh.Grains.Workers;

/// <summary>The shift of one worker. Where it is, its grid knows.</summary>
public sealed class WorkerState
{
    /// <summary>The last shift that began or ended; null for who never had one.</summary>
    public DutyRow? Row { get; private set; }

    public bool OnDuty => Row?.OnDuty ?? false;

    public DateTimeOffset? Since => Row?.Since;

    public long DutyVersion => Row?.Version ?? 0;

    /// <summary>One that is known already changes nothing.</summary>
    public void Apply(DutyRow row)
    {
        if (row.Version > DutyVersion)
            Row = row;
    }
}
