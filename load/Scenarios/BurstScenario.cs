using GridMesh.Load.Lifecycles;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>Spikes of lifecycles: nothing may fail, and soon after each spike single commands are as fast as before it.</summary>
internal sealed class BurstScenario(BurstOptions options, ScenarioContext context)
{
    public const string Name = "burst";

    /// <summary>What the p95 of a second's commands has to be back under.</summary>
    private static readonly TimeSpan s_calm = TimeSpan.FromMilliseconds(200);

    /// <summary>How long after the end of a spike.</summary>
    private const int CalmWithinSeconds = 5;

    private const int WarmUpRate = 20;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var shape = new BurstShape(options.Times, options.StepSeconds);
        await using var load = await LifecycleLoad.StartAsync(options, options.Area, options.Crew, context, cancellation);
        await load.WarmUpAsync(WarmUpRate * options.Times, context, cancellation);
        var seconds = new CommandSeconds(shape.Seconds, context.Time);
        var scenario = Scenario.Create(Name, load.Lifecycle(seconds).RunAsync)
            .WithoutWarmUp()
            .WithMaxFailCount(int.MaxValue)
            .WithLoadSimulations([.. shape.Steps.Select(SimulationOf)])
            .WithThresholds(Threshold.Create(stats => stats.Fail.Request.Count == 0));
        var test = new LoadTest(Name, load.Product, context) { Interval = TimeSpan.FromSeconds(1) };
        var result = await test.RunAsync([scenario], cancellation);
        var inOrder = await load.Product.StopAsync();
        return LoadReport.Compose(
            Name, load.Product, result, Settings(),
            new LoadFindings
            {
                Tables = [TableOf(shape, seconds)],
                Verdicts = [.. shape.Spikes.Select(pair => CalmAfter(pair.Spike, pair.After, seconds)),
                    new Verdict("product stopped in order", "yes", inOrder ? "yes" : "no", inOrder)],
            },
            context);
    }

    private static LoadSimulation SimulationOf(BurstStep step)
    {
        var during = TimeSpan.FromSeconds(step.Seconds);
        return step.Rate == 0 ? Simulation.Pause(during) : Simulation.Inject(step.Rate, TimeSpan.FromSeconds(1), during);
    }

    private static Verdict CalmAfter(BurstStep spike, BurstStep after, CommandSeconds seconds)
    {
        var worst = seconds.WorstP95(after.From + CalmWithinSeconds, after.Until);
        return new Verdict(
            $"p95 of a command from {CalmWithinSeconds} s after {spike.Rate} lifecycles/s", $"< {s_calm.TotalMilliseconds} ms",
            $"{worst.TotalMilliseconds:F1} ms", worst > TimeSpan.Zero && worst < s_calm);
    }

    private static ReportTable TableOf(BurstShape shape, CommandSeconds seconds) => new(
        "p95 of a command by second, in ms",
        ["second", "lifecycles/s", "p95"],
        [
            .. shape.Steps.SelectMany(step => Enumerable.Range(step.From, step.Seconds)
                .Select(second => (IReadOnlyList<double>)[second, step.Rate, seconds.P95(second).TotalMilliseconds])),
        ]);

    private Dictionary<string, string> Settings() => new()
    {
        ["times"] = options.Times.ToString(),
        ["step"] = $"{options.StepSeconds} s",
        ["data"] = options.Data is null ? "new" : "seeded",
        ["area"] = options.Area,
        ["crew"] = options.Crew.ToString(),
    };
}
