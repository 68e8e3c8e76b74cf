namespace GridMesh.Load.Seeding;

/// <summary>Where a case can happen and who lives and works there.</summary>
internal sealed record SceneGrid(
    AreaCode Code, AreaCode Town, ImmutableArray<BuildingEntry> Buildings, ImmutableArray<WorkerEntry> Workers);

/// <summary>Draws places and categories, each of which stands there as often as it is likely.</summary>
internal sealed class Scene
{
    /// <summary>Even a grid without residents has a few cases: streets, parks, markets.</summary>
    private const int PeopleAtLeast = 200;
    private const int PeopleStep = 50;
    private const double DepartmentShare = 0.15;
    private readonly SceneGrid[] _grids;
    private readonly FilingStandard[] _standards;
    private readonly ILookup<AreaCode, DepartmentEntry> _departments;

    public Scene(DirectoryView view)
    {
        var buildings = view.Data.Buildings.ToLookup(building => building.Code.Grid);
        _grids =
        [
            .. view.Data.Areas.Where(area => area.Code.Tier == Tier.Grid).Select(area => new SceneGrid(
                area.Code, area.Code.At(Tier.Town), [.. buildings[area.Code]],
                [.. view.RosterOf(area.Code).Where(person => person.Kind is WorkerKind.Worker or WorkerKind.Leader)]))
                .SelectMany(grid => Enumerable.Repeat(
                    grid, (PeopleAtLeast + grid.Buildings.Sum(building => building.People)) / PeopleStep)),
        ];
        _standards = [.. view.Data.Standards.Where(standard => standard.Alarm is null)
            .SelectMany(standard => Enumerable.Repeat(standard, Commonness(standard)))];
        _departments = view.Data.Departments.ToLookup(department => department.Area);
    }

    public SceneGrid Grid(Random random) => _grids[random.Next(_grids.Length)];

    public FilingStandard Standard(Random random) => _standards[random.Next(_standards.Length)];

    /// <summary>Who gets the case: mostly somebody of the grid, sometimes a body of its town or district.</summary>
    /// <param name="toDepartment">What came back from the grid goes to a body above it.</param>
    public (string Id, AreaCode Area)? Owner(SceneGrid grid, Line line, bool toDepartment, Random random)
    {
        if (toDepartment || random.NextDouble() < DepartmentShare)
        {
            DepartmentEntry[] bodies =
                [.. _departments[grid.Town].Concat(_departments[grid.Code.District])
                    .Where(body => Serves(body.Lines, line))];
            if (bodies.Length > 0)
            {
                var body = bodies[random.Next(bodies.Length)];
                return (body.Id, body.Area);
            }
        }

        WorkerEntry[] able = [.. grid.Workers.Where(worker => Serves(worker.Lines, line))];
        return able.Length == 0 ? null : (able[random.Next(able.Length)].Id, grid.Code);
    }

    private static bool Serves(ImmutableArray<Line> lines, Line line) => lines.IsDefaultOrEmpty || lines.Contains(line);

    private static int Commonness(FilingStandard standard) => standard switch
    {
        { Severity: Severity.Major } => 1,
        { Severity: Severity.Urgent } => 8,
        { Line: Line.UrbanManagement, Clock: ClockKind.WorkHour } => 90,
        { Line: Line.UrbanManagement } => 30,
        { Line: Line.Petitions or Line.CivilAffairs } => 20,
        _ => 12,
    };
}
