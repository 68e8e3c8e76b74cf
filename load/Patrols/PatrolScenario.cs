using System.Globalization;

namespace GridMesh.Load.Patrols;

internal sealed record PatrolOptions : StoreOptions
{
    [Asked("Plans, each in a grid of its own. 巡查计划数。", 1, 400)]
    public int Plans { get; init; } = 400;

    [Asked("Checkpoints of a plan; a small grid has fewer. 每个计划点位数。", 2, 20)]
    public int Checkpoints { get; init; } = 10;

    [Asked("Percent of them that nobody comes to. 漏巡百分比。", 0, 90)]
    public int Missed { get; init; } = 10;

    [Asked("Percent of the others that are scanned. 扫码百分比。", 0, 100)]
    public int Codes { get; init; } = 20;

    [Asked("Seconds in which the rounds are walked. 巡查时长（秒）。", 10, 1_200)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>
/// The rounds of a whole district are walked in one window: most checkpoints by position, some by code, some not at
/// all. Each has to count once, and each miss has to be written within a second of the window's end.
/// </summary>
internal sealed class PatrolScenario(PatrolOptions options, LoadContext context)
{
    public const string Name = "patrols";
    private const string Position = "position";
    private const string Code = "code";

    /// <summary>Every so many walked checkpoints somebody stays a while: the second position must not count.</summary>
    private const int StaysEvery = 4;
    private static readonly TimeSpan s_prepare = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private readonly TimeProvider _time = context.Time;
    private long _turn = -1;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var data = City.Build(1, options.Seed);
        var (plans, district) = (RoundPlan.Of(data, options), data.Areas[0].Code.District.Value);
        await using var product = await Product.StartAsync(options, data, [], Product.Quiet, context, cancellation);
        using var client = new MeshClient(product.Url);
        var window = RoundWindow.Around(_time.GetUtcNow(), s_prepare + options.Duration + s_grace);
        var walks = await new RoundPlanner(client, district, window).BeginAsync(plans, cancellation);
        var visits = RoundPlanner.VisitsOf(walks);
        var (done, missed) = (NamesOf(walks, isMissed: false), NamesOf(walks, isMissed: true));
        context.Say(
            $"{walks.Count} plans, {done.Count} checkpoints to walk, {missed.Count} to miss at {window.End:HH:mm:ss}");
        if (_time.GetUtcNow() + options.Duration + s_grace > window.End)
            throw new InvalidOperationException(
                "the plans took so long to make that the window ends before the walk: ask for fewer --plans");
        var result = await new LoadTest(product, context).RunAsync([ScenarioOf(visits, client)], cancellation);
        if (result.IsCancelled || _time.GetUtcNow() >= window.End)
            throw new InvalidOperationException("the walk was not over when the window ended");
        await Task.Delay(window.End + s_grace - _time.GetUtcNow(), _time, cancellation);
        var token = await client.TokenAsync("supervisor", district, cancellation: cancellation);
        var day = window.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var shown = (await client.GetAsync($"areas/{district}/patrols?day={day}", token, cancellation))
            .Expect("the coverage").GetProperty("sum");
        var report = context.Report(product.Subject);
        report.Take(result);
        report.Thresholds.Add(
            Verdict.Equal("done, as the district shows it", done.Count, shown.GetProperty("done").GetInt32()));
        report.Thresholds.Add(
            Verdict.Equal("missed, as the district shows it", missed.Count, shown.GetProperty("missed").GetInt32()));
        report.Thresholds.Add(await product.StopAsync());
        report.Thresholds.Add((await product.Setup!.VerifyAsync(cancellation)).Verdict);
        var judge = new RoundJudge(done, missed);
        await foreach (var record in product.FactsAsync(cancellation))
            judge.Add(record);
        report.Loads.Add(judge.Figures);
        report.Tables.Add(judge.Table);
        report.Thresholds.AddRange(judge.Verdicts);
        return report;
    }

    private ScenarioProps ScenarioOf(IReadOnlyList<Visit> visits, MeshClient client)
    {
        var hasCodes = visits.Any(visit => visit.Point.ByCode);
        return Scenario
            .Create(Name, async iteration =>
            {
                var turn = Interlocked.Increment(ref _turn);
                var visit = visits[(int)(turn % visits.Count)];
                if (turn >= visits.Count)
                {
                    // The number of arrivals is rounded up: whoever is done early walks about.
                    return await WalkAsync(iteration, client, visit, visit.Walk.Plan.Elsewhere, turn);
                }

                if (visit.Point.ByCode)
                    return await ScanAsync(iteration, client, visit);
                var walked = await WalkAsync(iteration, client, visit, visit.Point.At, turn);
                return turn % StaysEvery == 0 ? await WalkAsync(iteration, client, visit, visit.Point.At, turn)
                    : walked;
            })
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.Inject(visits.Count / options.Duration.TotalSeconds, options.Duration))
            .WithThresholds(
            [
                Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0),
                Threshold.Create(Position, stats => stats.Ok.Latency.Percent99 < 250),
                .. hasCodes ? (Threshold[])[Threshold.Create(Code, stats => stats.Ok.Latency.Percent99 < 250)] : [],
            ]);
    }

    private Task<Response<object>> WalkAsync(
        IScenarioContext iteration, MeshClient client, Visit visit, GeoPoint at, long turn)
    {
        var body = new[] { new { worker = visit.Point.Worker, lng = at.Lng, lat = at.Lat, at = _time.GetUtcNow() } };
        return PostAsync(Position, iteration, client, "positions", visit, body, $"position-{turn}");
    }

    private static Task<Response<object>> ScanAsync(IScenarioContext iteration, MeshClient client, Visit visit)
    {
        var (walk, point) = visit;
        var body = new { code = walk.Codes[point.Id], position = new { lng = point.At.Lng, lat = point.At.Lat } };
        return PostAsync(Code, iteration, client, $"workers/{point.Worker}/check-ins", visit, body,
            $"scan-{walk.PlanId}-{point.Id}");
    }

    private static Task<Response<object>> PostAsync(
        string step, IScenarioContext iteration, MeshClient client, string path, Visit visit, object body,
        string key) =>
        Step.Run(step, iteration, async () =>
        {
            var answer = await client.PostAsync(path, visit.Walk.Tokens[visit.Point.Worker], body, key);
            return answer.IsSuccess ? Response.Ok(sizeBytes: answer.Length) : Response.Fail(answer.Code);
        });

    private static HashSet<string> NamesOf(IEnumerable<Walk> walks, bool isMissed) =>
    [
        .. walks.SelectMany(walk => walk.Plan.Points.Where(point => point.IsMissed == isMissed)
            .Select(point => RoundJudge.NameOf(walk.PlanId, point.Id))),
    ];
}
