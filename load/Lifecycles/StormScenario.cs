namespace GridMesh.Load.Lifecycles;

/// <summary>
/// What <c>storm</c> is asked to do: the rate is ten times the busiest hour of a district, so that the storm counts.
/// </summary>
internal sealed record StormOptions : CrewOptions
{
    [Asked("Usual lifecycles a second of the whole district. 全区平时每秒案件数。", 0, 100)]
    public double Rate { get; init; } = 2;

    [Asked("Seconds to measure: a third before the storm, a third after it. 时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>
/// A storm over one town: a hundred times its cases, while the rest of the district goes on and everybody watches that
/// town.
/// </summary>
internal sealed class StormScenario(StormOptions options, LoadContext context)
{
    private const int Factor = 100;
    private const int TownDigits = 9;
    private const int WarmUpRate = 20;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var product = await Product.StartAsync(options, Product.Quiet, context, cancellation);
        var crew = await Crew.SignInAsync(product.Client, options.Area, options.Crew);
        await Lifecycle.WarmUpAsync(product, crew, WarmUpRate, context, cancellation);
        var towns = crew.Members.GroupBy(member => member.Grid[..TownDigits])
            .OrderByDescending(town => town.Count()).ToArray();
        var (town, rate) = (towns[0].Key, options.Rate * Factor / towns.Length);
        context.Say($"{town}: {rate:F1} lifecycles/s in the storm; {options.Rate}/s in the whole district");
        await WatchedAsync(product, crew, town, rate, cancellation);
        await product.StopAsync();
        return product.Report;
    }

    /// <summary>The wall is gone before the product is stopped, which would wait for it.</summary>
    private async Task WatchedAsync(
        Product product, Crew crew, string town, double rate, CancellationToken cancellation)
    {
        bool IsInTown(string grid) => grid.StartsWith(town, StringComparison.Ordinal);
        Lifecycle Of(Func<string, bool> isIn) => new(product.Client, crew.In(isIn), context.Time);
        await using var wall = await LiveView.WatchAsync(product.Url, crew.Viewer, town);
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
        product.Report.Add("frames on the town's wall", wall.Frames);

        // It was never asked anew, and has to hold what a fresh snapshot says.
        var judge = new StateJudge(product.Client, crew.Viewer, context.Time);
        await judge.CompareAsync([(town, wall)], CancellationToken.None);
        product.Report.Notes.AddRange(judge.Notes);
        product.Report.Thresholds.Add(judge.Verdict);
    }
}
