namespace GridMesh.Load.Latency;

internal sealed record LatencyOptions : RunOptions
{
    [Asked("Reports a second. 每秒上报数。", 0, 1_000)]
    public double Rate { get; init; } = 5;

    [Asked("Seconds to measure. 时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>
/// How long it takes from a report to the wall: cases are reported at a fixed rate all over the district and in one
/// grid, beside the demo's traffic; a wall watches each. An iteration is a report until its case is on its wall.
/// </summary>
internal sealed class LatencyScenario(LatencyOptions options, LoadContext context)
{
    private const int CrewSize = 64;
    private const double FrameP99MaxMs = 1_000;

    /// <summary>
    /// Share of the reports that go to the grid that is watched. What is left of 5, 10 or 20 a second does not keep
    /// step with the four frames a second of a district, which would show one phase of them over and over.
    /// </summary>
    private const double GridShare = 0.25;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    public Task<Report> RunAsync(CancellationToken cancellation) => Product.MeasureAsync(
        options, context, product => MeasureAsync(product, cancellation), cancellation, []);

    private async Task MeasureAsync(Product product, CancellationToken cancellation)
    {
        var crew = await Crew.SignInAsync(product.Client, options.Area, CrewSize);
        var grid = crew.Members[new Random(options.Seed).Next(crew.Members.Count)].Grid;
        var (onDistrict, onGrid) = (new Cards(context.Time), new Cards(context.Time));
        await using var district = await LiveView.WatchAsync(
            product.Url, crew.Viewer, options.Area, onDistrict.See, context.Time);
        await using var one = await LiveView.WatchAsync(product.Url, crew.Viewer, grid, onGrid.See, context.Time);
        context.Say($"reporting {options.Rate}/s, watching {options.Area} and {grid}");
        Scenario Of(string wall, double share, Crew crew, Cards cards, Threshold[] thresholds) => new(
            $"report to the {wall}'s wall",
            new WayToWall(new Lifecycle(product.Client, crew, context.Time), cards).RunAsync)
        {
            WarmUp = s_warmUp, Load = [Stretch.Open(options.Rate * share, options.Duration)], Thresholds = thresholds,
        };
        await product.LoadAsync(
            [
                Of("district", 1 - GridShare, crew, onDistrict,
                    [Threshold.P99(FrameP99MaxMs), Threshold.AllGoWell]),
                Of("grid", GridShare, crew.In(code => code == grid), onGrid, [Threshold.AllGoWell]),
            ],
            cancellation, completion: WayToWall.Patience + MeshClient.Patience);
        LiveView[] walls = [district, one];
        product.Report.Add("frames", walls.Sum(wall => wall.Frames));
        product.Report.Add("gaps seen", walls.Sum(wall => wall.Gaps));
        product.Report.Add("connections broken", walls.Sum(wall => wall.Breaks));
        product.Report.Thresholds.Add(Verdict.Yes("gaps have healed", await context.UntilAsync(
            async () => await FollowsAsync(options.Area, district) && await FollowsAsync(grid, one),
            WayToWall.Patience, CancellationToken.None)));

        // Without a gap, and as far as the product was the moment before.
        async Task<bool> FollowsAsync(string code, LiveView wall)
        {
            var said = (await product.Client.GetAsync($"areas/{code}", crew.Viewer, CancellationToken.None))
                .Expect("the snapshot");
            var (epoch, version) = (said.GetProperty("epoch").GetInt64(), said.GetProperty("version").GetInt64());
            return wall.IsCurrent && wall.Read(state => state.Epoch == epoch && state.Version >= version);
        }
    }
}
