using GridMesh.Load.Lifecycles;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// Whole lifecycles by HTTP: report, dispatch, accept, resolve, inspect, feedback, evaluate. Open at a fixed rate, or as
/// many as some callers can; over a store that <c>seed</c> has filled, or a new one.
/// </summary>
internal sealed class LifecycleScenario(LifecycleOptions options, ScenarioContext context)
{
    public const string Name = "lifecycle";

    /// <summary>Asked of each command.</summary>
    private const double CommandP95MaxMs = 100;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var load = await LifecycleLoad.StartAsync(options, options.Area, options.Crew, context, cancellation);
        context.Say($"{load.Crew.Members.Count} people; {Kind}");
        var lifecycle = load.Lifecycle(seconds: null);
        var scenario = Scenario.Create(Name, lifecycle.RunAsync)
            .WithWarmUpDuration(s_warmUp)
            .WithMaxFailCount(int.MaxValue)
            .WithLoadSimulations(options.Callers > 0
                ? Simulation.KeepConstant(options.Callers, options.Duration)
                : OpenRate.Inject(options.Rate, options.Duration))
            .WithThresholds([Threshold.Create(stats => stats.Fail.Request.Count == 0), .. Lifecycle.Commands.Select(CommandIsFast)]);
        var test = new LoadTest(Name, load.Product, context);
        var result = await test.RunAsync([scenario], cancellation);
        var inOrder = await load.Product.StopAsync();
        var done = result.Stats.ScenarioStats[0].Ok.Request;
        return LoadReport.Compose(
            Name, load.Product, result, Settings(),
            new LoadFindings
            {
                Figures = [new Figure("lifecycles", done.RPS, "/s"), new Figure("commands", done.RPS * Lifecycle.Commands.Count, "/s")],
                Verdicts = [new Verdict("product stopped in order", "yes", inOrder ? "yes" : "no", inOrder)],
            },
            context);
    }

    private string Kind => options.Callers > 0 ? $"{options.Callers} callers" : $"{options.Rate} lifecycles/s";

    private static Threshold CommandIsFast(string command) =>
        Threshold.Create(command, stats => stats.Ok.Latency.Percent95 < CommandP95MaxMs);

    private Dictionary<string, string> Settings() => new()
    {
        ["load"] = Kind,
        ["duration"] = $"{options.Duration.TotalSeconds:F0} s",
        ["data"] = options.Data is null ? "new" : "seeded",
        ["area"] = options.Area,
        ["crew"] = options.Crew.ToString(),
    };
}
