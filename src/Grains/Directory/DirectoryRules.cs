using GridMesh.Contracts.Directory;
using GridMesh.Grains.Clocks;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Directory;

/// <summary>The rules that follow from the directory in force, built once for each version of it.</summary>
internal sealed class DirectoryRules(IDirectory directory)
{
    private volatile Built? _built;

    public DirectoryView View => directory.Current;

    public IncidentDecider Decider => For(directory.Current).Decider;

    public WorkCalendar Calendar => For(directory.Current).Calendar;

    private Built For(DirectoryView view)
    {
        var built = _built;
        if (built?.View != view)
        {
            var calendar = new WorkCalendar(view.Data.Calendar);
            _built = built = new Built(view, new IncidentDecider(view, calendar), calendar);
        }

        return built;
    }

    private sealed record Built(DirectoryView View, IncidentDecider Decider, WorkCalendar Calendar);
}
