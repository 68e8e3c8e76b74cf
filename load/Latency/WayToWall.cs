namespace GridMesh.Load.Latency;

/// <summary>Reports all over a district and in one grid, and a wall of each that waits for their cards.</summary>
internal sealed class WayToWall : IAsyncDisposable
{
    public const string OnTheWall = "on the wall";

    /// <summary>
    /// Share of the reports that go to the grid that is watched. What is left of 5, 10 or 20 a second does not keep
    /// step with the four frames a second of a district, which would show one phase of them over and over.
    /// </summary>
    private const double GridShare = 0.25;

    /// <summary>After so long without its card a case is lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly CaseReporting _reporting;
    private readonly GridArea _grid;
    private readonly Cards _onDistrict;
    private readonly Cards _onGrid;

    private WayToWall(CaseReporting reporting, GridArea grid, TimeProvider time) =>
        (_reporting, _grid, _onDistrict, _onGrid) = (reporting, grid, new Cards(time), new Cards(time));

    /// <summary>The district's, and the grid's.</summary>
    public IReadOnlyList<(string Area, LiveView View)> Walls { get; private set; } = [];

    /// <param name="walls">Where walls watch: at the client's product, or at another gateway of a cluster.</param>
    public static async Task<WayToWall> OpenAsync(
        MeshClient client, Uri walls, string area, string viewer, int seed, TimeProvider time)
    {
        var district = await District.LoadAsync(client, area, viewer);
        var grid = district.Grids[new Random(seed).Next(district.Grids.Count)];
        var way = new WayToWall(await CaseReporting.SignInAsync(client, district, grid), grid, time);
        way.Walls =
        [
            (area, await LiveView.WatchAsync(walls, viewer, area, way._onDistrict.See, time)),
            (grid.Code, await LiveView.WatchAsync(walls, viewer, grid.Code, way._onGrid.See, time)),
        ];
        return way;
    }

    /// <param name="phase">Begins the names, where a report has several of them.</param>
    public (Scenario ToDistrict, Scenario ToGrid) Scenarios(
        double rate, TimeSpan duration, TimeSpan warmUp, string phase = "")
    {
        return (
            Describe("report to the district's wall", rate * (1 - GridShare), _onDistrict, null),
            Describe("report to the grid's wall", rate * GridShare, _onGrid, _grid));

        Scenario Describe(string name, double perSecond, Cards cards, GridArea? into) => new(
            phase + name, async iteration =>
            {
                var sent = await iteration.StepAsync(
                    "acknowledged", () => _reporting.SendAsync(iteration.Random, into));
                return await iteration.StepAsync(OnTheWall, async () => await cards.WaitAsync(sent.Made!, Patience)
                    ? Response.Ok
                    : Response.Fail("lost", $"no card in {Patience.TotalSeconds} s"));
            })
        {
            WarmUp = warmUp, Load = [Stretch.Open(perSecond, duration)],
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, view) in Walls)
            await view.DisposeAsync();
    }
}
