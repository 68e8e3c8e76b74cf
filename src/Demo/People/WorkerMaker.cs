using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Demo.Geography;
using GridMesh.Demo.Names;

namespace GridMesh.Demo.People;

/// <summary>
/// An instructor, a leader and workers for every grid ("1+1+1+N"), a market's guards in three shifts and a few drones.
/// </summary>
internal sealed class WorkerMaker(DistrictMap map, Random random)
{
    public const int WorkerCount = 4_100;
    public const int DroneCount = 12;

    /// <summary>The team of the large market (DOMAIN "Figures of one district").</summary>
    public const int GuardCount = 200;

    /// <summary>Guards take turns: somebody is there at any hour.</summary>
    private const int GuardShifts = 3;

    private const int PerGridMin = 5;

    /// <summary>
    /// The first workers of each grid serve all lines, so that every case has somebody who may own it.
    /// </summary>
    private const int AllLinesFirst = 2;

    private static readonly Line[] s_lines = Enum.GetValues<Line>();

    /// <param name="people">Residents of each grid, in the order of the map's grids.</param>
    /// <param name="market">Number of the grid with the market.</param>
    public ImmutableArray<WorkerEntry> Make(IReadOnlyList<int> people, int market)
    {
        var mean = people.Average();
        var counts = Apportionment.Split(
            WorkerCount - GuardCount, [.. people.Select(count => mean + count)], PerGridMin);
        var workers = ImmutableArray.CreateBuilder<WorkerEntry>();
        for (var i = 0; i < map.Grids.Count; i++)
        {
            var grid = map.Grids[i];
            workers.Add(Of("I", grid, "", WorkerKind.Instructor, [], new TimeOnly(8, 30), 9));
            workers.Add(Of("L", grid, "", WorkerKind.Leader, [], new TimeOnly(8, 0), 10));
            for (var n = 1; n <= counts[i]; n++)
            {
                var (start, hours) = Shift(grid, n);
                workers.Add(
                    Of("W", grid, $"{n:D2}", WorkerKind.Worker, n <= AllLinesFirst ? [] : Lines(), start, hours));
            }

            if (i == market)
                AddGuards(workers, grid, counts[i]);
        }

        for (var n = 0; n < DroneCount; n++)
        {
            var grid = map.Grids[n * map.Grids.Count / DroneCount];
            workers.Add(Of("U", grid, "01", WorkerKind.Drone, [], new TimeOnly(7, 0), 12));
        }

        return workers.ToImmutable();
    }

    private void AddGuards(ImmutableArray<WorkerEntry>.Builder workers, GridPlot grid, int before)
    {
        for (var n = 0; n < GuardCount; n++)
        {
            workers.Add(Of(
                "W", grid, $"{before + n + 1:D3}", WorkerKind.Worker,
                [Line.PublicSecurity, Line.Emergency, Line.UrbanManagement],
                new TimeOnly(n % GuardShifts * 8, 0), 8));
        }
    }

    private WorkerEntry Of(
        string prefix, GridPlot grid, string number, WorkerKind kind, ImmutableArray<Line> lines, TimeOnly start,
        int hours) =>
        new($"{prefix}{grid.Code}{number}", PersonNames.Next(random), grid.Code, kind, lines, start, hours);

    /// <summary>Most work by day; the first grid of each community has somebody through the night.</summary>
    private (TimeOnly Start, int Hours) Shift(GridPlot grid, int number)
    {
        if (number == 3 && grid.Code.Value.EndsWith("001", StringComparison.Ordinal))
            return (new TimeOnly(21, 0), 11);

        return random.NextDouble() switch
        {
            < 0.72 => (new TimeOnly(8, 0), 10),
            < 0.82 => (new TimeOnly(7, 0), 10),
            < 0.90 => (new TimeOnly(9, 0), 10),
            _ => (new TimeOnly(14, 0), 8),
        };
    }

    private ImmutableArray<Line> Lines()
    {
        if (random.NextDouble() < 0.7)
            return [];

        var lines = s_lines.ToArray();
        random.Shuffle(lines);
        return [.. lines.Take(1 + random.Next(3)).Order()];
    }
}
