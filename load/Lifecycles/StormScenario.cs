namespace GridMesh.Load.Lifecycles;

/// <summary>The rate is ten times the busiest hour of a district, so that the storm counts.</summary>
internal sealed record StormOptions : RunOptions
{
    [Asked("Usual lifecycles a second of the whole district. 全区平时每秒案件数。", 0, 100)]
    public double Rate { get; init; } = 2;

    [Asked("Seconds to measure: a third before the storm, a third after it. 时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>A hundred times the cases of one town, which everybody watches, while the rest goes on.</summary>
internal sealed class StormScenario(StormOptions options, LoadContext context)
{
    private const int Factor = 100;
    private const int TownDigits = 9;
    private const int WarmUpRate = 20;

    public Task<Report> RunAsync(CancellationToken cancellation) =>
        Product.MeasureAsync(options, context, product => MeasureAsync(product, cancellation), cancellation);

    private async Task MeasureAsync(Product product, CancellationToken cancellation)
    {
        var crew = await Crew.SignInAsync(product.Client, options.Area, Lifecycle.CrewSize);
        await Lifecycle.WarmUpAsync(product, crew, WarmUpRate, context, cancellation);
        var towns = crew.Members.GroupBy(member => member.Grid[..TownDigits])
            .OrderByDescending(town => town.Count()).ToArray();
        var (town, rate) = (towns[0].Key, options.Rate * Factor / towns.Length);
        context.Say($"{town}: {rate:F1} lifecycles/s in the storm; {options.Rate}/s in the whole district");
        bool IsInTown(string grid) => grid.StartsWith(town, StringComparison.Ordinal);
        Lifecycle Of(Func<string, bool> isIn) => new(product.Client, crew.In(isIn), context.Time);
        await using var wall = new Fleet(
            product.Url, _ => Fleet.HubPath(crew.Viewer), context.Time, 1, _ => new AreaLog(town), _ => true);
        await wall.ComeAsync(cancellation);
        var third = options.Duration / 3;
        await product.LoadAsync(
            [
                new Scenario("elsewhere", Of(grid => !IsInTown(grid)).RunAsync)
                {
                    Load = [Stretch.Open(options.Rate, options.Duration)], Thresholds = Lifecycle.Thresholds,
                },
                new Scenario("town", Of(IsInTown).RunAsync)
                {
                    Load = [Stretch.Pause(third), Stretch.Open(rate, third), Stretch.Pause(third)],
                    Thresholds = Lifecycle.Thresholds,
                },
            ],
            cancellation);
        product.Report.Add("frames on the town's wall", wall.Tally.Frames.Value);

        // It was never asked anew, and has to hold what a fresh snapshot says.
        var judge = new StateJudge(product.Client, crew.Viewer, context.Time);
        await judge.CompareAsync(wall, CancellationToken.None);
        product.Report.Notes.AddRange(judge.Notes);
        product.Report.Thresholds.Add(judge.Verdict);
    }
}
