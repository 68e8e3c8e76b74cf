using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;
using GridMesh.Demo;

namespace GridMesh.Bench.Micro;

/// <summary>The demo district and plausible values of it, the same in every run.</summary>
internal static class District
{
    public static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(8));

    public static DirectoryView View { get; } = new(DemoDistrict.Generate());

    public static AreaEntry[] Grids { get; } = [.. View.Data.Areas.Where(area => area.Code.Tier == Tier.Grid)];

    public static AreaCode Code { get; } = Grids[0].Code.District;

    public static AreaSummary Summary(int seed)
    {
        var random = new Random(seed);
        return new AreaSummary([.. Enumerable.Range(0, AreaSummary.Width).Select(_ => random.Next(100))]);
    }

    /// <summary>
    /// A frame as a wall of the district gets it: its numbers, some towns, some cards, some workers who moved.
    /// </summary>
    public static AreaFrame Frame(long from, int seed) => new(
        Code, 1, from, from + 1, Now, Summary(seed),
        [.. View.ChildrenOf(Code).Take(4).Select((town, i) => new ChildEntry(town.Code, town.Name, Summary(seed + i)))],
        new IncidentChanges([.. Enumerable.Range(0, 5).Select(i => Card(seed + i))], []),
        new WorkerChanges([.. View.Data.Workers.Skip(seed % 100).Take(20).Select(Dot)], []));

    private static IncidentCard Card(int serial)
    {
        var grid = Grids[serial % Grids.Length];
        var standard = View.Data.Standards[serial % View.Data.Standards.Length];
        return new IncidentCard(
            CaseNumber.Create(grid.Code, DateOnly.FromDateTime(Now.Date), serial + 1), grid.Code, Step.Handling, 3,
            standard.Category,
            standard.Line, standard.Severity, grid.Shape.Polygons[0][0][0], Now, Now.AddHours(8), false,
            View.Data.Workers[0].Id, grid.Code.Parent!.Value);
    }

    private static WorkerDot Dot(WorkerEntry worker)
    {
        var place = View.Areas[worker.Grid].Shape.Polygons[0][0][0];
        return new WorkerDot(worker.Id, place.Lng, place.Lat, WorkerStatus.OnDuty, Now);
    }
}
