using GridMesh.Contracts.Directory;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Directory;

namespace GridMesh.Grains.Incidents;

/// <summary>The directory in force, and the decider that follows from it.</summary>
public sealed class IncidentRules(IDirectory directory)
{
    private readonly PerDirectory<IncidentDecider> _decider =
        new(directory, view => new IncidentDecider(view, new WorkCalendar(view.Data.Calendar)));

    public DirectoryView View => directory.Current;

    public IncidentDecider Decider => _decider.Current;
}
