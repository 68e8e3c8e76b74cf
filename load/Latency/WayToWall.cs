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
    private readonly Member _inGrid;
    private readonly Cards _onDistrict;
    private readonly Cards _onGrid;

    private WayToWall(MeshClient client, Crew crew, int seed, TimeProvider time)
    {
        (Crew, _reporting) = (crew, new CaseReporting(client, crew));
        _inGrid = crew.Members[new Random(seed).Next(crew.Members.Count)];
        (_onDistrict, _onGrid) = (new Cards(time), new Cards(time));
    }

    public Crew Crew { get; }

    /// <summary>The district, and the grid.</summary>
    public IReadOnlyList<string> Watched => [Crew.District.Code, _inGrid.Grid];

    /// <summary>Of each of them.</summary>
    public IReadOnlyList<LiveView> Walls { get; private set; } = [];

    /// <param name="walls">Where walls watch: the same, or another gateway of a cluster.</param>
    public static async Task<WayToWall> OpenAsync(
        MeshClient client, Uri walls, string area, int seed, TimeProvider time)
    {
        var crew = await Crew.SignInAsync(client, area, Crew.ReportersMax);
        var way = new WayToWall(client, crew, seed, time);
        way.Walls =
        [
            await LiveView.WatchAsync(walls, crew.Viewer, way.Watched[0], way._onDistrict.See, time),
            await LiveView.WatchAsync(walls, crew.Viewer, way.Watched[1], way._onGrid.See, time),
        ];
        return way;
    }

    /// <param name="phase">Begins the names, where a report has several of them.</param>
    public (Scenario ToDistrict, Scenario ToGrid) Scenarios(
        double rate, TimeSpan duration, TimeSpan warmUp, string phase = "")
    {
        return (
            Describe("report to the district's wall", rate * (1 - GridShare), _onDistrict, null),
            Describe("report to the grid's wall", rate * GridShare, _onGrid, _inGrid));

        Scenario Describe(string name, double perSecond, Cards cards, Member? by) => new(
            phase + name, async iteration =>
            {
                var sent = await iteration.StepAsync("acknowledged", () => _reporting.SendAsync(iteration.Random, by));
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
        foreach (var wall in Walls)
            await wall.DisposeAsync();
    }
}
