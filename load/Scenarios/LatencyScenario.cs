using GridMesh.Load.Clients;
using GridMesh.Load.Measuring;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>
/// How long it takes from a report to the wall: cases are reported at a fixed rate all over the district and in one grid,
/// a wall watches each. An iteration is a report until its case is on its wall.
/// </summary>
internal sealed class LatencyScenario(LatencyOptions options, ScenarioContext context)
{
    public const string Name = "latency";

    private const string ToDistrict = "report to the district's wall";
    private const string ToGrid = "report to the grid's wall";
    private const string Acknowledged = "acknowledged";
    private const string OnTheWall = "on the wall";
    private const string Lost = "lost";

    /// <summary>
    /// Share of the reports that go to the grid that is watched. What is left of 5, 10 or 20 a second does not keep step
    /// with the four frames a second of a district, which would show one phase of them over and over.
    /// </summary>
    private const double GridShare = 0.25;

    /// <summary>Most cards remembered that nobody waits for.</summary>
    private const int SeenMax = 200_000;

    /// <summary>Most milliseconds from a report to the district's wall for 99 of 100 cases.</summary>
    private const double FrameP99MaxMs = 1_000;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    /// <summary>After so long without its card a case is lost.</summary>
    private static readonly TimeSpan s_wallPatience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly Appearances _onDistrict = new(SeenMax, context.Time);
    private readonly Appearances _onGrid = new(SeenMax, context.Time);

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var product = await RunProduct.StartAsync(options, [$"GridMesh:Demo:Speed={options.Speed}"], context, cancellation);
        var report = await MeasureAsync(product, cancellation);
        await product.StopAsync();
        return report;
    }

    private async Task<Report> MeasureAsync(RunProduct product, CancellationToken cancellation)
    {
        using var client = new MeshClient(product.Url);
        var viewer = await client.TokenAsync("viewer", options.Area);
        var district = await District.LoadAsync(client, options.Area, viewer);
        var watched = district.Grids[new Random(options.Seed).Next(district.Grids.Count)];
        var door = await ReportDoor.SignInAsync(client, district, watched, options.Seed);
        await using var districtWall = await Wall.WatchAsync(product.Url, viewer, district.Code, context.Time, (id, _) => _onDistrict.See(id));
        await using var gridWall = await Wall.WatchAsync(product.Url, viewer, watched.Code, context.Time, (id, _) => _onGrid.See(id));
        context.Say($"reporting {options.Rate}/s for {options.Duration.TotalSeconds} s in {district.Grids.Count} grids, watching {district.Code} and {watched.Code}");

        var requestsBefore = ServerMetrics.Requests(await client.MetricsAsync());
        var began = context.Time.GetTimestamp();
        var result = await new LoadTest(Name, product, context) { Completion = s_wallPatience + MeshClient.Patience }.RunAsync(
            [
                ScenarioOf(ToDistrict, options.Rate * (1 - GridShare), door, _onDistrict, false)
                    .WithThresholds(
                        Threshold.Create(stats => stats.Ok.Latency.Percent99 < FrameP99MaxMs),
                        Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0)),
                ScenarioOf(ToGrid, options.Rate * GridShare, door, _onGrid, true)
                    .WithThresholds(Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0)),
            ],
            cancellation);
        var requests = (ServerMetrics.Requests(await client.MetricsAsync()) - requestsBefore) / context.Time.GetElapsedTime(began).TotalSeconds;
        var isHealed = await IsHealedAsync(client, viewer, [districtWall, gridWall], [district.Code, watched.Code]);
        return Compose(product, result, districtWall, gridWall, requests, isHealed);
    }

    private ScenarioProps ScenarioOf(string name, double rate, ReportDoor door, Appearances wall, bool toWatched) =>
        Scenario.Create(name, async iteration =>
            {
                var sent = await Step.Run(Acknowledged, iteration, () => SendAsync(door, iteration.Random, toWatched));
                return await Step.Run(OnTheWall, iteration, async () => await wall.WaitAsync(sent.Payload.Value, s_wallPatience)
                    ? Response.Ok()
                    : Response.Fail(statusCode: Lost, message: $"no card in {s_wallPatience.TotalSeconds} s"));
            })
            .WithWarmUpDuration(s_warmUp)
            .WithLoadSimulations(OpenRate.Inject(rate, options.Duration));

    /// <summary>Reports one case and hands its number on.</summary>
    private static async Task<Response<string>> SendAsync(ReportDoor door, Random random, bool toWatched)
    {
        try
        {
            var (answer, _) = await door.SendAsync(random, toWatched);
            return answer.IsSuccess
                ? Response.Ok(payload: answer.Body.GetProperty("id").GetString()!, statusCode: $"{answer.Status}")
                : Response.Fail<string>(statusCode: answer.Code);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return Response.Fail<string>(statusCode: e.GetType().Name, message: e.Message);
        }
    }

    /// <summary>True when both walls follow without a gap and reach what the product said the moment before.</summary>
    private async Task<bool> IsHealedAsync(MeshClient client, string viewer, Wall[] walls, string[] codes)
    {
        var began = context.Time.GetTimestamp();
        while (true)
        {
            var reached = true;
            for (var i = 0; i < walls.Length; i++)
            {
                var snapshot = (await client.GetAsync($"areas/{codes[i]}", viewer)).Expect("the snapshot");
                var (epoch, version) = (snapshot.GetProperty("epoch").GetInt64(), snapshot.GetProperty("version").GetInt64());
                reached &= walls[i].IsCurrent && walls[i].Read(state => state.Epoch == epoch && state.Version >= version);
            }

            if (reached || context.Time.GetElapsedTime(began) > s_wallPatience)
            {
                return reached;
            }

            await Task.Delay(s_pause, context.Time);
        }
    }

    private Report Compose(RunProduct product, LoadResult result, Wall districtWall, Wall gridWall, double requests, bool isHealed) =>
        LoadReport.Compose(
            Name, product, result,
            new Dictionary<string, string>
            {
                ["url"] = options.Url?.ToString() ?? "own silo",
                ["rate"] = $"{options.Rate}/s",
                ["duration"] = $"{options.Duration.TotalSeconds} s",
                ["area"] = options.Area,
                ["speed"] = options.Url is null ? $"{options.Speed}" : "as it runs",
                ["seed"] = $"{options.Seed}",
            },
            new LoadFindings
            {
                Figures =
                [
                    new Figure("frames, district", districtWall.Frames, ""),
                    new Figure("frames, grid", gridWall.Frames, ""),
                    new Figure("gaps seen", districtWall.Gaps + gridWall.Gaps, ""),
                    new Figure("connections broken", districtWall.Breaks + gridWall.Breaks, ""),
                    new Figure("requests of everybody", requests, "/s"),
                ],
                Verdicts = [new Verdict("gaps that did not heal", "= 0", isHealed ? "0" : "a wall is behind", isHealed)],
            },
            context);
}
