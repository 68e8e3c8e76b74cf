using GridMesh.Load.Clients;
using GridMesh.Load.Measuring;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// How long it takes from a report to the wall: cases are reported at a fixed rate all over the district, one wall
/// watches the district and one a grid.
/// </summary>
internal static class LatencyScenario
{
    public const string Name = "latency";

    /// <summary>Most time from a report to the district's wall for 99 of 100 cases.</summary>
    public static readonly TimeSpan FrameP99Max = TimeSpan.FromMilliseconds(1_000);

    /// <summary>Every so many reports go to the grid that is watched.</summary>
    private const int WatchedEvery = 5;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    public static async Task<Report> RunAsync(LatencyOptions options, ScenarioContext context, CancellationToken cancellation)
    {
        if (options.Url is { } url)
        {
            return await MeasureAsync(options, url, options.ProcessId, context, cancellation);
        }

        using var folder = new TemporaryFolder();
        var setup = new SiloSetup(SiloSetup.FindAssembly(), folder.Path, null);
        using var silo = SiloProcess.Start(
            setup, SiloProcess.FreePort(), [$"GridMesh:Demo:Speed={options.Speed}"], context.Time);
        context.Say($"starting a silo at {silo.Url}, demo traffic at speed {options.Speed}");
        await silo.ReadyAsync(cancellation);
        var report = await MeasureAsync(options, silo.Url, silo.ProcessId, context, cancellation);
        await silo.StopAsync();
        return report;
    }

    private static async Task<Report> MeasureAsync(
        LatencyOptions options, Uri url, int? processId, ScenarioContext context, CancellationToken cancellation)
    {
        using var client = new MeshClient(url);
        var viewer = await client.TokenAsync("viewer", options.Area);
        var district = await District.LoadAsync(client, options.Area, viewer);
        var watched = district.Grids[new Random(options.Seed).Next(district.Grids.Count)];
        var reporter = await Reporter.SignInAsync(client, district, watched, WatchedEvery, options.Seed, context.Time);

        context.Say($"warming up for {s_warmUp.TotalSeconds} s, not measured");
        await new OpenLoad(new OpenSchedule(options.Rate, s_warmUp), Reporter.InFlightMax, context.Time)
            .RunAsync(reporter.ReportAsync, cancellation);
        reporter.Begin();

        await using var districtWall = await Wall.WatchAsync(url, viewer, district.Code, context.Time, reporter.OnDistrict.See);
        await using var gridWall = await Wall.WatchAsync(url, viewer, watched.Code, context.Time, reporter.OnGrid.See);
        context.Say($"reporting {options.Rate}/s for {options.Duration.TotalSeconds} s in {district.Grids.Count} grids, watching {district.Code} and {watched.Code}");
        using var measuring = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var probe = processId is { } id ? new ProcessProbe(id, context.Time).RunAsync(measuring.Token) : Task.FromResult<ProcessUse?>(null);
        var own = new ProcessProbe(Environment.ProcessId, context.Time).RunAsync(measuring.Token);
        var requestsBefore = ServerMetrics.Requests(await client.MetricsAsync());
        var began = context.Time.GetTimestamp();
        var load = new OpenLoad(new OpenSchedule(options.Rate, options.Duration), Reporter.InFlightMax, context.Time);
        var progress = ProgressAsync(reporter, context, measuring.Token);
        await load.RunAsync(reporter.ReportAsync, cancellation);
        var took = context.Time.GetElapsedTime(began);
        var requests = ServerMetrics.Requests(await client.MetricsAsync()) - requestsBefore;
        await measuring.CancelAsync();
        await progress;
        var isHealed = await DrainAsync(client, viewer, district.Code, districtWall, gridWall, reporter, context, cancellation);
        return Compose(
            options, context, reporter, districtWall, gridWall, isHealed, load.Skipped, await probe, await own, requests / took.TotalSeconds);
    }

    private static async Task ProgressAsync(Reporter reporter, ScenarioContext context, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), context.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                context.Say($"{reporter.Acknowledged.Count} acknowledged, {reporter.OnDistrict.Missing} not on the wall yet, p99 so far {reporter.OnDistrict.Latency.Percentile(0.99).TotalMilliseconds:F0} ms");
            }
        }
        catch (OperationCanceledException)
        {
            // The load has ended, and with it what there is to tell.
        }
    }

    /// <summary>Waits for the last cards; true when both walls follow without a gap and have reached the product's state.</summary>
    private static async Task<bool> DrainAsync(
        MeshClient client, string viewer, string code, Wall districtWall, Wall gridWall, Reporter reporter,
        ScenarioContext context, CancellationToken cancellation)
    {
        var began = context.Time.GetTimestamp();
        async Task<bool> HasReachedAsync() => districtWall.IsCurrent && gridWall.IsCurrent
            && await IsAtAsync(client, viewer, code, districtWall, cancellation);
        while (context.Time.GetElapsedTime(began) < s_drain)
        {
            if (reporter.OnDistrict.Missing == 0 && reporter.OnGrid.Missing == 0 && await HasReachedAsync())
            {
                return true;
            }

            await Task.Delay(s_pause, context.Time, cancellation);
        }

        return await HasReachedAsync();
    }

    /// <summary>True when the wall holds what the product said the moment before, or later.</summary>
    private static async Task<bool> IsAtAsync(
        MeshClient client, string viewer, string code, Wall wall, CancellationToken cancellation)
    {
        var snapshot = (await client.GetAsync($"areas/{code}", viewer, cancellation)).Expect("the snapshot");
        var (epoch, version) = (snapshot.GetProperty("epoch").GetInt64(), snapshot.GetProperty("version").GetInt64());
        return wall.Read(state => state.Epoch == epoch && state.Version >= version);
    }

    private static Report Compose(
        LatencyOptions options, ScenarioContext context, Reporter reporter, Wall districtWall, Wall gridWall, bool isHealed,
        int skipped, ProcessUse? product, ProcessUse? own, double requestsPerSecond)
    {
        var onDistrict = reporter.OnDistrict.Latency.Summarise("report -> frame, district");
        var (lost, lostOnGrid) = (reporter.OnDistrict.Missing, reporter.OnGrid.Missing);
        var figures = new List<Figure>
        {
            new("cases acknowledged", reporter.Acknowledged.Count, ""),
            new("reports refused or unanswered", reporter.Failed, ""),
            new("reports skipped, too many in flight", skipped, ""),
            new("cases lost", lost, ""),
            new("cases lost on the grid's wall", lostOnGrid, ""),
            new("frames, district", districtWall.Frames, ""),
            new("frames, grid", gridWall.Frames, ""),
            new("gaps seen", districtWall.Gaps + gridWall.Gaps, ""),
            new("connections broken", districtWall.Breaks + gridWall.Breaks, ""),
            new("requests of everybody", requestsPerSecond, "/s"),
        };
        figures.AddRange(UseOf("product", product));
        figures.AddRange(UseOf("this program", own));
        return context.Report(
            Name,
            new Dictionary<string, string>
            {
                ["url"] = options.Url?.ToString() ?? "own silo",
                ["rate"] = $"{options.Rate}/s",
                ["duration"] = $"{options.Duration.TotalSeconds} s",
                ["speed"] = options.Url is null ? $"{options.Speed}" : "as it runs",
                ["seed"] = $"{options.Seed}",
            },
            [reporter.Acknowledged.Summarise("report -> acknowledged"), onDistrict, reporter.OnGrid.Latency.Summarise("report -> frame, grid")],
            figures,
            [],
            reporter.FailureCodes.Select(code => $"{code.Value} x {code.Key}").ToArray(),
            [
                new Threshold("cases lost", "= 0", $"{lost}", lost == 0 && reporter.Acknowledged.Count > 0),
                new Threshold("cases lost on the grid's wall", "= 0", $"{lostOnGrid}", lostOnGrid == 0),
                new Threshold("reports refused, unanswered or skipped", "= 0", $"{reporter.Failed + skipped}", reporter.Failed + skipped == 0),
                new Threshold("gaps that did not heal", "= 0", isHealed ? "0" : "a wall is behind", isHealed),
                new Threshold(
                    "p99 report -> frame, district", $"< {FrameP99Max.TotalMilliseconds} ms",
                    $"{onDistrict.P99.TotalMilliseconds:F1} ms", onDistrict.Count > 0 && onDistrict.P99 < FrameP99Max),
            ]);
    }

    private static IEnumerable<Figure> UseOf(string who, ProcessUse? use)
    {
        const double Megabyte = 1_000_000;
        return use is null
            ? []
            :
            [
                new Figure($"{who}: processor, mean", use.CpuPercent, "% of a core"),
                new Figure($"{who}: processor, busiest second", use.CpuPercentMax, "% of a core"),
                new Figure($"{who}: memory at the end", use.WorkingSet / Megabyte, "MB"),
                new Figure($"{who}: memory, most", use.WorkingSetMax / Megabyte, "MB"),
            ];
    }
}
