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
    private const string RequestCount = "http_server_request_duration_seconds_count";
    private const double FrameP99MaxMs = 1_000;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var product = await Product.StartAsync(
            options, [$"GridMesh:Demo:Speed={options.Speed}"], context, cancellation);
        await MeasureAsync(product, cancellation);
        await product.StopAsync();
        return product.Report;
    }

    /// <summary>The walls are gone before the product is stopped, which would wait for them.</summary>
    private async Task MeasureAsync(Product product, CancellationToken cancellation)
    {
        var (client, report) = (product.Client, product.Report);
        var viewer = await client.TokenAsync("viewer", options.Area, cancellation: cancellation);
        await using var way = await WayToWall.OpenAsync(
            client, product.Url, options.Area, viewer, options.Seed, context.Time);
        context.Say(
            $"reporting {options.Rate}/s for {options.Duration.TotalSeconds} s, "
            + $"watching {string.Join(" and ", way.Walls.Select(wall => wall.Area))}");
        var (requestsBefore, began) = (GrainCalls.Sum(await client.MetricsAsync(), RequestCount),
            context.Time.GetTimestamp());
        var (toDistrict, toGrid) = way.Scenarios(options.Rate, options.Duration, s_warmUp);
        await product.LoadAsync(
            [
                toDistrict with { Thresholds = [Threshold.P99(FrameP99MaxMs), Threshold.AllGoWell] },
                toGrid with { Thresholds = [Threshold.AllGoWell] },
            ],
            cancellation, completion: WayToWall.Patience + MeshClient.Patience);
        var requests = GrainCalls.Sum(await client.MetricsAsync(), RequestCount) - requestsBefore;
        report.Add("frames", way.Walls.Sum(wall => wall.View.Frames));
        report.Add("gaps seen", way.Walls.Sum(wall => wall.View.Gaps));
        report.Add("connections broken", way.Walls.Sum(wall => wall.View.Breaks));
        report.Add("requests of everybody", requests / context.Time.GetElapsedTime(began).TotalSeconds, "/s");
        report.Thresholds.Add(
            Verdict.Yes("gaps have healed", await IsHealedAsync(client, viewer, way, CancellationToken.None)));
    }

    /// <summary>True when both walls follow without a gap and reach what the product said the moment before.</summary>
    private Task<bool> IsHealedAsync(
        MeshClient client, string viewer, WayToWall way, CancellationToken cancellation) => context.UntilAsync(
        async () =>
        {
            var reached = true;
            foreach (var (code, wall) in way.Walls)
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
