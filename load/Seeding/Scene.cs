namespace GridMesh.Load.Seeding;

/// <summary>Where a case can happen and who lives and works there.</summary>
internal sealed record SceneGrid(
    AreaCode Code, AreaCode Town, ImmutableArray<BuildingEntry> Buildings, ImmutableArray<WorkerEntry> Workers);

/// <summary>
/// Draws places, categories and owners from a directory: grids by their people, categories by how common they are.
/// </summary>
internal sealed class Scene
{
    /// <summary>Even a grid without residents has a few cases: streets, parks, markets.</summary>
    private const int PeopleAtLeast = 200;
    private const double DepartmentShare = 0.15;
    private readonly Odds<SceneGrid> _grids;
    private readonly Odds<FilingStandard> _standards;
    private readonly ILookup<AreaCode, DepartmentEntry> _departments;

    public Scene(DirectoryView view)
    {
        var buildings = view.Data.Buildings.ToLookup(building => building.Code.Grid);
        _grids = new Odds<SceneGrid>(
            [
                .. view.Data.Areas.Where(area => area.Code.Tier == Tier.Grid).Select(area => new SceneGrid(
                    area.Code, area.Code.At(Tier.Town), [.. buildings[area.Code]],
                    [.. view.RosterOf(area.Code)
                        .Where(person => person.Kind is WorkerKind.Worker or WorkerKind.Leader)])),
            ],
            grid => PeopleAtLeast + grid.Buildings.Sum(building => building.People));
        _standards = new Odds<FilingStandard>(
            [.. view.Data.Standards.Where(standard => standard.Alarm is null)], Common);
        _departments = view.Data.Departments.ToLookup(department => department.Area);
    }

    public SceneGrid Grid(Random random) => _grids.Draw(random);

    public FilingStandard Standard(Random random) => _standards.Draw(random);

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

    private static double Common(FilingStandard standard) => standard switch
    {
        { Severity: Severity.Major } => 0.1,
        { Severity: Severity.Urgent } => 0.8,
        { Line: Line.UrbanManagement, Clock: ClockKind.WorkHour } => 9,
        { Line: Line.UrbanManagement } => 3,
        { Line: Line.Petitions or Line.CivilAffairs } => 2,
        _ => 1.2,
    };
}
