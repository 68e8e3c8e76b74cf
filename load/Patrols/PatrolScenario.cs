namespace GridMesh.Load.Patrols;

internal sealed record PatrolOptions : StoreOptions
{
    [Asked("Plans, each in a grid of its own. 巡查计划数。", 1, 400)]
    public int Plans { get; init; } = 400;

    [Asked("Seconds in which the rounds are walked. 巡查时长（秒）。", 30, 1_200)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>The rounds of a district in one window: each visit counts once, each miss within a second.</summary>
internal sealed class PatrolScenario(PatrolOptions options, LoadContext context)
{
    private const string Position = "position";
    private const string Code = "code";
    private const double AnswerMaxMs = 250;

    /// <summary>Every so many walked checkpoints somebody stays a while: the second position must not count.</summary>
    private const int StaysEvery = 4;
    private static readonly TimeSpan s_prepare = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private readonly TimeProvider _time = context.Time;
    private long _turn = -1;

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var data = City.Build(1, options.Seed);
        var (plans, district) = (RoundPlan.Of(data, options.Seed, options.Plans), data.Areas[0].Code.District.Value);
        await using var product = await Product.StartAsync(options, data, [], Product.Quiet, context, cancellation);
        var (client, report) = (product.Client, product.Report);
        var window = RoundWindow.Around(_time.GetUtcNow(), s_prepare + options.Duration + s_grace);
        var walks = await new RoundPlanner(client, district, window).BeginAsync(plans, cancellation);
        var visits = RoundPlanner.VisitsOf(walks);
        var (done, missed) = (NamesOf(walks, isMissed: false), NamesOf(walks, isMissed: true));
        context.Say(
            $"{walks.Count} plans, {done.Count} checkpoints to walk, {missed.Count} to miss at {window.End:HH:mm:ss}");
        if (_time.GetUtcNow() + options.Duration + s_grace > window.End)
            throw new InvalidOperationException(
                "the plans took so long to make that the window ends before the walk: ask for fewer --plans");
        await product.LoadAsync([ScenarioOf(visits, client)], cancellation);
        if (report.IsCancelled || _time.GetUtcNow() >= window.End)
            throw new InvalidOperationException("the walk was not over when the window ended");
        await Task.Delay(window.End + s_grace - _time.GetUtcNow(), _time, cancellation);
        var token = await client.TokenAsync("supervisor", district, cancellation: cancellation);
        var day = window.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var shown = (await client.GetAsync($"areas/{district}/patrols?day={day}", token, cancellation))
            .Expect("the coverage").GetProperty("sum");
        report.Thresholds.Add(
            Verdict.Equal("done, as the district shows it", done.Count, shown.GetProperty("done").GetInt32()));
        report.Thresholds.Add(
            Verdict.Equal("missed, as the district shows it", missed.Count, shown.GetProperty("missed").GetInt32()));
        await product.JudgeAsync(new RoundJudge(done, missed), cancellation);
        return report;
    }

    private Scenario ScenarioOf(IReadOnlyList<Visit> visits, MeshClient client) =>
        new("patrols", iteration => VisitAsync(iteration, client, visits))
        {
            Load = [Stretch.Open(visits.Count / options.Duration.TotalSeconds, options.Duration)],
            Thresholds = [Threshold.AllGoWell, Threshold.P99(AnswerMaxMs, Position), Threshold.P99(AnswerMaxMs, Code)],
        };

    private async Task<Response> VisitAsync(Iteration iteration, MeshClient client, IReadOnlyList<Visit> visits)
    {
        var turn = Interlocked.Increment(ref _turn);
        var (walk, point) = visits[(int)(turn % visits.Count)];
        var token = walk.Tokens[point.Worker];

        // The number of arrivals is rounded up: whoever is done early walks about.
        if (turn >= visits.Count)
            return await WalkAsync(walk.Plan.Elsewhere);
        if (point.ByCode)
        {
            var body = new { code = walk.Codes[point.Id], position = new { lng = point.At.Lng, lat = point.At.Lat } };
            return await iteration.StepAsync(Code, async () => Response.Of(await client.PostAsync(
                $"workers/{point.Worker}/check-ins", token, body, $"scan-{walk.PlanId}-{point.Id}")));
        }

        var walked = await WalkAsync(point.At);
        return turn % StaysEvery == 0 ? await WalkAsync(point.At) : walked;

        Task<Response> WalkAsync(GeoPoint at)
        {
            var body = new[] { new { worker = point.Worker, lng = at.Lng, lat = at.Lat, at = _time.GetUtcNow() } };
            return iteration.StepAsync(Position, async () => Response.Of(
                await client.PostAsync("positions", token, body, $"position-{turn}")));
        }
    }

    private static HashSet<string> NamesOf(IEnumerable<Walk> walks, bool isMissed) =>
    [
        .. walks.SelectMany(walk => walk.Plan.Points.Where(point => point.IsMissed == isMissed)
            .Select(point => RoundJudge.NameOf(walk.PlanId, point.Id))),
    ];
}
