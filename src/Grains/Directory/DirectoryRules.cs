using GridMesh.Contracts.Directory;
using GridMesh.Grains.Clocks;

namespace GridMesh.Grains.Directory;

/// <summary>The directory in force, and the calendar that follows from it.</summary>
public sealed class DirectoryRules(IDirectory directory)
{
    private readonly PerDirectory<WorkCalendar> _calendar =
        new(directory, view => new WorkCalendar(view.Data.Calendar));

    public DirectoryView View => directory.Current;

    public WorkCalendar Calendar => _calendar.Current;
}
