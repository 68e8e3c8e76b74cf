namespace GridMesh.Load.Latency;

internal sealed record LatencyOptions : RunOptions
{
    [Asked("Reports a second. 每秒上报数。", 0, 1_000)]
    public double Rate { get; init; } = 5;

    [Asked("Seconds to measure. 时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    [Asked("Speed of the demo traffic of its own silo; 1 is real time. 演示流量倍速。", 0.1, 100)]
    public double Speed { get; init; } = 1;
}

/// <summary>
/// How long it takes from a report to the wall: cases are reported at a fixed rate all over the district and in one
/// grid, a wall watches each. An iteration is a report until its case is on its wall.
/// </summary>
internal sealed class LatencyScenario(LatencyOptions options, LoadContext context)
{
    public const string Name = "latency";
    private const string RequestCount = "http_server_request_duration_count";

    /// <summary>Most milliseconds from a report to the district's wall for 99 of 100 cases.</summary>
    private const double FrameP99MaxMs = 1_000;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var product = await Product.StartAsync(
            options, [$"GridMesh:Demo:Speed={options.Speed}"], context, cancellation);
        var report = await MeasureAsync(product, cancellation);
        await product.StopAsync();
        return report;
    }

    private async Task<Report> MeasureAsync(Product product, CancellationToken cancellation)
    {
        using var client = new MeshClient(product.Url);
        var viewer = await client.TokenAsync("viewer", options.Area, cancellation: cancellation);
        var way = await WayToWall.OpenAsync(client, product.Url, options.Area, viewer, options.Seed, context.Time);
        await using var _ = way;
        context.Say(
            $"reporting {options.Rate}/s for {options.Duration.TotalSeconds} s, watching {way.District.Code} and {way.Watched.Code}");
        var (requestsBefore, began) = (GrainCalls.Sum(await client.MetricsAsync(), RequestCount),
            context.Time.GetTimestamp());
        var (toDistrict, toGrid) = way.Scenarios(options.Rate, options.Duration, s_warmUp);
        var result = await new LoadTest(product, context)
            { Completion = WayToWall.Patience + MeshClient.Patience }.RunAsync(
            [
                toDistrict.WithThresholds(
                    Threshold.Create(stats => stats.Ok.Latency.Percent99 < FrameP99MaxMs),
                    Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0)),
                toGrid.WithThresholds(
                    Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0)),
            ],
            cancellation);
        var requests = GrainCalls.Sum(await client.MetricsAsync(), RequestCount) - requestsBefore;
        var report = context.Report(product.Subject);
        report.Take(result);
        report.Add("frames", way.Walls.Sum(wall => wall.Frames));
        report.Add("gaps seen", way.Walls.Sum(wall => wall.Gaps));
        report.Add("connections broken", way.Walls.Sum(wall => wall.Breaks));
        report.Add("requests of everybody", requests / context.Time.GetElapsedTime(began).TotalSeconds, "/s");
        report.Thresholds.Add(
            Verdict.Yes("gaps have healed", await IsHealedAsync(client, viewer, way, CancellationToken.None)));
        return report;
    }

    /// <summary>True when both walls follow without a gap and reach what the product said the moment before.</summary>
    private Task<bool> IsHealedAsync(
        MeshClient client, string viewer, WayToWall way, CancellationToken cancellation) => context.UntilAsync(
        async () =>
        {
            var reached = true;
            foreach (var (wall, code) in way.Walls.Zip([way.District.Code, way.Watched.Code]))
            {
                var snapshot = (await client.GetAsync($"areas/{code}", viewer, CancellationToken.None))
                    .Expect("the snapshot");
                var (epoch, version) = (snapshot.GetProperty("epoch").GetInt64(),
                    snapshot.GetProperty("version").GetInt64());
                reached &= wall.IsCurrent && wall.Read(state => state.Epoch == epoch && state.Version >= version);
            }

            return reached;
        },
        WayToWall.Patience, cancellation);
}
