using System.Collections.Frozen;
using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Directory;

/// <summary>The directory that is in force now. Replaced whole, never changed in place.</summary>
public interface IDirectory
{
    DirectoryView Current { get; }

    /// <summary>
    /// Whether somebody is of the place as it was last imported: people who left are not, even while their grid still
    /// lives with them.
    /// </summary>
    bool Has(string person) => Current.Workers.ContainsKey(person) || Current.Departments.ContainsKey(person);
}

/// <summary>A directory with its look-ups. Immutable.</summary>
public sealed class DirectoryView
{
    private readonly FrozenDictionary<AreaCode, ImmutableArray<AreaEntry>> _children;
    private readonly FrozenDictionary<AreaCode, ImmutableArray<WorkerEntry>> _rosters;

    /// <param name="version">Of what is stored; 0 for what was never stored.</param>
    public DirectoryView(DirectoryData data, int version = 0)
    {
        (Data, Version) = (data, version);
        Areas = data.Areas.ToFrozenDictionary(area => area.Code);
        Buildings = data.Buildings.ToFrozenDictionary(building => building.Code);
        Workers = data.Workers.ToFrozenDictionary(worker => worker.Id);
        Departments = data.Departments.ToFrozenDictionary(department => department.Id);
        Devices = data.Devices.ToFrozenDictionary(device => device.Id);
        Standards = data.Standards.ToFrozenDictionary(standard => standard.Category);
        Alarms = data.Standards.Where(standard => standard.Alarm is not null)
            .GroupBy(standard => standard.Alarm!.Value).ToFrozenDictionary(rows => rows.Key, rows => rows.First());
        _children = data.Areas.Where(area => area.Code.Parent is not null).GroupBy(area => area.Code.Parent!.Value)
            .ToFrozenDictionary(areas => areas.Key, areas => areas.OrderBy(area => area.Code).ToImmutableArray());
        _rosters = data.Workers.GroupBy(worker => worker.Grid)
            .ToFrozenDictionary(workers => workers.Key, workers => workers.ToImmutableArray());
    }

    public static DirectoryView Empty { get; } = new(new DirectoryData([], [], [], [], [], [], []));

    public DirectoryData Data { get; }

    /// <summary>The version whose rules these are.</summary>
    public int Version { get; }

    public FrozenDictionary<AreaCode, AreaEntry> Areas { get; }

    public FrozenDictionary<BuildingCode, BuildingEntry> Buildings { get; }

    public FrozenDictionary<string, WorkerEntry> Workers { get; }

    public FrozenDictionary<string, DepartmentEntry> Departments { get; }

    public FrozenDictionary<string, DeviceEntry> Devices { get; }

    public FrozenDictionary<string, FilingStandard> Standards { get; }

    /// <summary>The standard that a device alarm is filed under.</summary>
    public FrozenDictionary<SensorKind, FilingStandard> Alarms { get; }

    /// <summary>Direct children in the order of their codes; empty for a grid.</summary>
    public ImmutableArray<AreaEntry> ChildrenOf(AreaCode code) => _children.GetValueOrDefault(code, []);

    /// <summary>The grids of an area in the order of their codes; of a grid itself.</summary>
    public IEnumerable<AreaCode> GridsOf(AreaCode area) =>
        area.Tier == Tier.Grid ? [area] : ChildrenOf(area).SelectMany(child => GridsOf(child.Code));

    /// <summary>The people of a grid.</summary>
    public ImmutableArray<WorkerEntry> RosterOf(AreaCode grid) => _rosters.GetValueOrDefault(grid, []);
}
