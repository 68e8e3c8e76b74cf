using GridMesh.Load.Clients;
using GridMesh.Load.Lifecycles;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// A storm over one town: a hundred times its cases, while the rest of the district goes on and everybody watches that
/// town. A third of the time before it, a third of the time after it.
/// </summary>
internal sealed class StormScenario(StormOptions options, ScenarioContext context)
{
    public const string Name = "storm";

    private const int TownDigits = 9;

    private const int WarmUpRate = 20;

    private const double CommandP95MaxMs = 100;

    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var load = await LifecycleLoad.StartAsync(options, options.Area, options.Crew, context, cancellation);
        await load.WarmUpAsync(WarmUpRate, context, cancellation);
        var towns = load.Crew.Members.GroupBy(member => member.Grid[..TownDigits]).OrderByDescending(town => town.Count()).ToArray();
        var town = towns[0].Key;
        var rate = options.Rate * StormOptions.Factor / towns.Length;
        context.Say($"{town}: {rate:F1} lifecycles/s in the storm; {options.Rate}/s in the whole district");
        var (result, isRight, frames) = await WatchedAsync(load, town, rate, cancellation);
        var inOrder = await load.Product.StopAsync();
        return LoadReport.Compose(
            Name, load.Product, result, Settings(rate),
            new LoadFindings
            {
                Figures = [new Figure("frames on the town's wall", frames, "")],
                Verdicts =
                [
                    new Verdict("the town's wall shows what the product counts", "yes", isRight ? "yes" : "no", isRight),
                    new Verdict("product stopped in order", "yes", inOrder ? "yes" : "no", inOrder),
                ],
            },
            context);
    }

    /// <summary>The wall is gone before the product is stopped, which would wait for it.</summary>
    private async Task<(LoadResult Result, bool IsRight, int Frames)> WatchedAsync(
        LifecycleLoad load, string town, double rate, CancellationToken cancellation)
    {
        bool IsInTown(string grid) => grid.StartsWith(town, StringComparison.Ordinal);
        var (elsewhere, inTown) = (load.Lifecycle(null, grid => !IsInTown(grid)), load.Lifecycle(null, IsInTown));
        await using var wall = await Wall.WatchAsync(load.Product.Url, load.Crew.Viewer, town, context.Time, (_, _) => { });
        var third = options.Duration / 3;
        var result = await new LoadTest(Name, load.Product, context).RunAsync(
            [
                Describe("elsewhere", elsewhere, OpenRate.Inject(options.Rate, options.Duration)),
                Describe("town", inTown, Simulation.Pause(third), OpenRate.Inject(rate, third), Simulation.Pause(third)),
            ],
            cancellation);
        return (result, await SettlesAsync(load, wall, town, cancellation), wall.Frames);
    }

    private static ScenarioProps Describe(string name, Lifecycle lifecycle, params LoadSimulation[] simulations) =>
        Scenario.Create(name, lifecycle.RunAsync)
            .WithoutWarmUp()
            .WithMaxFailCount(int.MaxValue)
            .WithLoadSimulations(simulations)
            .WithThresholds(
            [
                Threshold.Create(stats => stats.Fail.Request.Count == 0),
                .. Lifecycle.Commands.Select(command => Threshold.Create(command, stats => stats.Ok.Latency.Percent95 < CommandP95MaxMs)),
            ]);

    /// <summary>True once the wall, which was never asked anew, has the numbers of a fresh snapshot.</summary>
    private async Task<bool> SettlesAsync(LifecycleLoad load, Wall wall, string town, CancellationToken cancellation)
    {
        using var client = new MeshClient(load.Product.Url);
        var ended = context.Time.GetTimestamp();
        while (context.Time.GetElapsedTime(ended) < s_settle)
        {
            var snapshot = (await client.GetAsync($"areas/{town}", load.Crew.Viewer, cancellation)).Expect("the town");
            var (reported, open) = CountsOf(snapshot.GetProperty("summary"));
            if (wall.IsCurrent && wall.Read(state => CountsOf(state.Summary)) == (reported, open) && reported > 0)
            {
                return true;
            }

            await Task.Delay(s_pause, context.Time, cancellation);
        }

        return false;
    }

    private static (int Reported, int Open) CountsOf(System.Text.Json.JsonElement summary)
    {
        var incidents = summary.GetProperty("incidents");
        return (incidents.GetProperty("reportedToday").GetInt32(), incidents.GetProperty("open").GetInt32());
    }

    private Dictionary<string, string> Settings(double rate) => new()
    {
        ["district"] = $"{options.Rate} lifecycles/s",
        ["town"] = $"{rate:F1} lifecycles/s",
        ["duration"] = $"{options.Duration.TotalSeconds:F0} s",
        ["data"] = options.Data is null ? "new" : "seeded",
        ["crew"] = options.Crew.ToString(),
    };
}
