namespace GridMesh.Load.Lifecycles;

internal sealed record LifecycleOptions : RunOptions
{
    [Asked("Lifecycles a second. 每秒案件数。", 0, 10_000)]
    public double Rate { get; init; } = 370;

    [Asked("Seconds to measure. 时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    [Asked("Callers, each with its next case when the last has ended; 0: at --rate. 闭环并发数，0 为按速率。", 0, 1_000)]
    public int Callers { get; init; }
}

/// <summary>Whole lifecycles by HTTP, at a fixed rate or as many as some callers can.</summary>
internal sealed class LifecycleScenario(LifecycleOptions options, LoadContext context)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    public Task<Report> RunAsync(CancellationToken cancellation) => Product.MeasureAsync(
        options, context, async product =>
        {
            var crew = await Crew.SignInAsync(product.Client, options.Area, Lifecycle.CrewSize);
            var scenario = new Scenario("lifecycle", new Lifecycle(product.Client, crew, context.Time).RunAsync)
            {
                WarmUp = s_warmUp,
                Load =
                [
                    options.Callers > 0 ? Stretch.Closed(options.Callers, options.Duration)
                        : Stretch.Open(options.Rate, options.Duration),
                ],
                Thresholds = Lifecycle.Thresholds,
            };
            await product.LoadAsync([scenario], cancellation);
            var perSecond = product.Report.Of(scenario.Name).OkPerSecond;
            product.Report.Add("lifecycles", perSecond, "/s");
            product.Report.Add("commands", perSecond * Lifecycle.Commands.Count, "/s");
        },
        cancellation);
}
