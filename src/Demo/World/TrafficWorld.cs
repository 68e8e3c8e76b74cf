using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Demo.Geography;

namespace GridMesh.Demo.World;

/// <summary>A grid as the traffic needs it.</summary>
/// <param name="Owners">Those of its people who may own cases: leader and workers.</param>
internal sealed record TrafficGrid(
    AreaCode Code, Plot Plot, ImmutableArray<WorkerEntry> Owners, ImmutableArray<BuildingEntry> Buildings, int People);

/// <param name="Grids">The grids, and how the chance of a case adds up over them.</param>
internal sealed record TrafficTown(AreaCode Code, ImmutableArray<TrafficGrid> Grids, ImmutableArray<double> Odds)
{
    public double Weight => Odds.IsEmpty ? 0 : Odds[^1];

    public TrafficGrid Draw(Random random)
    {
        var index = Odds.BinarySearch(random.NextDouble() * Weight);
        return Grids[Math.Min(index < 0 ? ~index : index, Grids.Length - 1)];
    }
}

/// <summary>Everything that the traffic looks up, worked out once for a directory.</summary>
internal sealed class TrafficWorld
{
    private const double PeopleOfAFullDistrict = 1_000_000;

    private readonly Dictionary<AreaCode, TrafficGrid> _grids;

    public TrafficWorld(DirectoryView view)
    {
        View = view;
        var drawn = view.Data.Areas.Where(area => !area.Shape.IsEmpty).ToArray();
        Plane = new Plane(drawn.Length > 0 ? drawn[0].Shape.Polygons[0][0][0] : default);
        var buildings = view.Data.Buildings.ToLookup(building => building.Code.Grid);
        _grids = drawn.Where(area => area.Code.Tier == Tier.Grid)
            .ToDictionary(area => area.Code, area => GridOf(area, [.. buildings[area.Code]]));
        Towns =
        [
            .. _grids.Values.GroupBy(grid => grid.Code.At(Tier.Town)).OrderBy(rows => rows.Key)
                .Select(rows => TownOf(rows.Key, [.. rows.OrderBy(grid => grid.Code)])),
        ];
        Doors = [.. view.Data.Devices.Where(device => device.Kind == SensorKind.Door)];
        Alarms = [.. view.Data.Devices.Where(
            device => device.Kind != SensorKind.Door && view.Alarms.ContainsKey(device.Kind))];
        Size = view.Data.Buildings.Sum(building => (double)building.People) / PeopleOfAFullDistrict;
    }

    public DirectoryView View { get; }

    public Plane Plane { get; }

    public ImmutableArray<TrafficTown> Towns { get; }

    public ImmutableArray<DeviceEntry> Doors { get; }

    public ImmutableArray<DeviceEntry> Alarms { get; }

    /// <summary>1 for a million people: rates are told for that many.</summary>
    public double Size { get; }

    public bool IsEmpty => Towns.IsEmpty;

    /// <summary>The districts that the grids lie in.</summary>
    public IReadOnlyList<AreaCode> Districts => [.. Towns.Select(town => town.Code.District).Distinct()];

    public TrafficGrid? Find(AreaCode grid) => _grids.GetValueOrDefault(grid);

    /// <summary>Who in the grid may own a case of a line; null when nobody may.</summary>
    public WorkerEntry? OwnerIn(AreaCode grid, Line line, Random random)
    {
        if (Find(grid) is not { } found)
            return null;

        WorkerEntry[] able = [.. found.Owners.Where(owner => Serves(owner.Lines, line)).Take(OwnersTried)];
        return able.Length == 0 ? null : able[random.Next(able.Length)];
    }

    /// <summary>
    /// The body that the standard names, or else one whose area and lines fit; null when there is none.
    /// </summary>
    public DepartmentEntry? DepartmentFor(string category, AreaCode grid, Line line, Random random)
    {
        if (View.Standards.TryGetValue(category, out var standard)
            && View.Departments.TryGetValue(standard.Responsible, out var named) && Fits(named))
        {
            return named;
        }

        DepartmentEntry[] able = [.. View.Data.Departments.Where(Fits)];
        return able.Length == 0 ? null : able[random.Next(able.Length)];

        bool Fits(DepartmentEntry department) =>
            department.Area.Contains(grid) && Serves(department.Lines, line);
    }

    /// <summary>The first few of a grid do most of the work: few tokens, and a face that people know.</summary>
    private const int OwnersTried = 4;

    private static bool Serves(ImmutableArray<Line> lines, Line line) => lines.IsDefaultOrEmpty || lines.Contains(line);

    private TrafficGrid GridOf(AreaEntry area, ImmutableArray<BuildingEntry> buildings) => new(
        area.Code,
        new Plot([.. area.Shape.Rings.Select(ring => ring.Select(Plane.ToSpot).ToArray())]),
        [
            .. View.RosterOf(area.Code).Where(worker => worker.Kind is WorkerKind.Worker or WorkerKind.Leader)
                .OrderBy(worker => worker.Kind == WorkerKind.Leader ? 0 : 1).ThenBy(worker => worker.Lines.Length),
        ],
        buildings,
        buildings.Sum(building => building.People));

    private static TrafficTown TownOf(AreaCode code, ImmutableArray<TrafficGrid> grids)
    {
        // Even a grid without residents has a few cases: streets, parks, markets.
        const int PeopleAtLeast = 200;
        var sum = 0.0;
        return new TrafficTown(code, grids, [.. grids.Select(grid => sum += PeopleAtLeast + grid.People)]);
    }
}
