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
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(15);

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var load = await LifecycleLoad.StartAsync(options, context, cancellation);
        await load.WarmUpAsync(WarmUpRate, cancellation);
        var towns = load.Crew.Members.GroupBy(member => member.Grid[..TownDigits])
            .OrderByDescending(town => town.Count()).ToArray();
        var (town, rate) = (towns[0].Key, options.Rate * Factor / towns.Length);
        context.Say($"{town}: {rate:F1} lifecycles/s in the storm; {options.Rate}/s in the whole district");
        await WatchedAsync(load, town, rate, cancellation);
        await load.Product.StopAsync();
        return load.Product.Report;
    }

    /// <summary>The wall is gone before the product is stopped, which would wait for it.</summary>
    private async Task WatchedAsync(LifecycleLoad load, string town, double rate, CancellationToken cancellation)
    {
        var (product, report) = (load.Product, load.Product.Report);
        bool IsInTown(string grid) => grid.StartsWith(town, StringComparison.Ordinal);
        await using var wall = await LiveView.WatchAsync(product.Url, load.Crew.Viewer, town);
        var third = options.Duration / 3;
        await product.LoadAsync(
            [
                new Scenario("elsewhere", load.Lifecycle(grid => !IsInTown(grid)).RunAsync)
                {
                    Load = [Stretch.Open(options.Rate, options.Duration)], Thresholds = Lifecycle.Thresholds,
                },
                new Scenario("town", load.Lifecycle(IsInTown).RunAsync)
                {
                    Load = [Stretch.Pause(third), Stretch.Open(rate, third), Stretch.Pause(third)],
                    Thresholds = Lifecycle.Thresholds,
                },
            ],
            cancellation);
        report.Add("frames on the town's wall", wall.Frames);
        report.Thresholds.Add(Verdict.Yes(
            "the town's wall shows what the product counts", await SettlesAsync(load, wall, town, cancellation)));
    }

    /// <summary>True once the wall, which was never asked anew, has the numbers of a fresh snapshot.</summary>
    private Task<bool> SettlesAsync(LifecycleLoad load, LiveView wall, string town, CancellationToken cancellation) =>
        context.UntilAsync(
        async () =>
        {
            var snapshot = (await load.Product.Client.GetAsync($"areas/{town}", load.Crew.Viewer, cancellation))
                .Expect("the town");
            var counted = DistrictNumbers.Of(snapshot.GetProperty("summary"));
            return wall.IsCurrent && counted.ReportedToday > 0
                && wall.Read(state => DistrictNumbers.Of(state.Summary)) == counted;
        },
        s_settle, cancellation);
}
