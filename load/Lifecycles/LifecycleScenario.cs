namespace GridMesh.Load.Lifecycles;

internal sealed record LifecycleOptions : CrewOptions
{
    [Asked("Lifecycles a second. 每秒案件数。", 0, 10_000)]
    public double Rate { get; init; } = 370;

    [Asked("Seconds to measure. 时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    [Asked("Callers, each with its next case when the last has ended; 0: at --rate. 闭环并发数，0 为按速率。", 0, 1_000)]
    public int Callers { get; init; }
}

/// <summary>
/// Whole lifecycles by HTTP: report, dispatch, accept, resolve, inspect, feedback, evaluate. Open at a fixed rate, or
/// as many as some callers can; over a store that <c>seed</c> has filled, or a new one.
/// </summary>
internal sealed class LifecycleScenario(LifecycleOptions options, LoadContext context)
{
    public const string Name = "lifecycle";
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var load = await LifecycleLoad.StartAsync(options, context, cancellation);
        context.Say($"{load.Crew.Members.Count} people");
        var scenario = Scenario.Create(Name, load.Lifecycle().RunAsync)
            .WithWarmUpDuration(s_warmUp)
            .WithLoadSimulations(options.Callers > 0
                ? Simulation.KeepConstant(options.Callers, options.Duration)
                : Simulation.Inject(options.Rate, options.Duration))
            .WithThresholds([Threshold.Create(stats => stats.Fail.Request.Count == 0), .. Lifecycle.CommandsAreFast]);
        var result = await new LoadTest(load.Product, context).RunAsync([scenario], cancellation);
        var report = context.Report(load.Product.Subject);
        report.Take(result);
        report.Add("lifecycles", result.Of(Name).Ok.Request.RPS, "/s");
        report.Add("commands", result.Of(Name).Ok.Request.RPS * Lifecycle.Commands.Count, "/s");
        report.Thresholds.Add(await load.Product.StopAsync());
        return report;
    }
}
