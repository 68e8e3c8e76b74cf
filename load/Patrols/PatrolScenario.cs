using System.Text;
using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Load.Clients;
using GridMesh.Load.Products;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;
using GridMesh.Load.Seeding;

namespace GridMesh.Load.Patrols;

/// <summary>
/// The rounds of a whole district are walked in one window: most checkpoints by position, some by code, some not at all.
/// Each has to count once, and each miss has to be written within a second of the window's end.
/// </summary>
internal sealed class PatrolScenario(PatrolOptions options, ScenarioContext context)
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
        var plans = RoundPlan.Of(data, options);
        var district = data.Areas[0].Code.District.Value;
        await using var product = await DistrictProduct.StartAsync(data, [], options, [], context, cancellation);
        using var client = new MeshClient(product.Run.Url);
        using var commands = new CommandClient(product.Run.Url);
        var window = RoundWindow.Around(_time.GetUtcNow(), s_prepare + options.Duration + s_grace);
        var walks = await new RoundDesk(client, commands, district, window).BeginAsync(plans, cancellation);
        var visits = RoundDesk.VisitsOf(walks);
        context.Say($"{walks.Count} plans, {visits.Count} checkpoints to walk, {walks.Sum(walk => walk.Plan.Points.Count) - visits.Count} to miss at {window.End:HH:mm:ss}");
        if (_time.GetUtcNow() + options.Duration + s_grace > window.End)
        {
            throw new InvalidOperationException("the plans took so long to make that the window ends before the walk: ask for fewer --plans");
        }

        var result = await new LoadTest(Name, product.Run, context).RunAsync([ScenarioOf(visits, commands)], cancellation);
        if (result.IsCancelled || _time.GetUtcNow() >= window.End)
        {
            throw new InvalidOperationException("the walk was not over when the window ended");
        }

        await Task.Delay(window.End + s_grace - _time.GetUtcNow(), _time, cancellation);
        var token = await client.TokenAsync("supervisor", district);
        var shown = (await client.GetAsync($"areas/{district}/patrols?day={DayOf(window)}", token, cancellation)).Expect("the coverage").GetProperty("sum");
        var inOrder = await product.Run.StopAsync();
        var verified = await product.VerifyAsync(cancellation);
        var judge = new RoundJudge(NamesOf(walks, isMissed: false), NamesOf(walks, isMissed: true));
        await foreach (var record in product.FactsAsync(cancellation))
        {
            judge.Add(record);
        }

        return Compose(product.Run, result, walks, shown, judge, verified, inOrder);
    }

    private ScenarioProps ScenarioOf(IReadOnlyList<Visit> visits, CommandClient commands)
    {
        var perSecond = Math.Ceiling(visits.Count / options.Duration.TotalSeconds);
        var hasCodes = visits.Any(visit => visit.Point.ByCode);
        return Scenario
            .Create(Name, async iteration =>
            {
                var turn = Interlocked.Increment(ref _turn);
                var visit = visits[(int)(turn % visits.Count)];
                if (turn >= visits.Count)
                {
                    // The rate is a whole number: whoever is done early walks about.
                    return await WalkAsync(iteration, commands, visit, visit.Walk.Plan.Elsewhere, turn);
                }

                if (visit.Point.ByCode)
                {
                    return await ScanAsync(iteration, commands, visit);
                }

                var walked = await WalkAsync(iteration, commands, visit, visit.Point.At, turn);
                return walked.IsError || turn % StaysEvery != 0
                    ? walked
                    : await WalkAsync(iteration, commands, visit, visit.Point.At, turn);
            })
            .WithoutWarmUp()
            .WithMaxFailCount(int.MaxValue)
            .WithLoadSimulations(OpenRate.Inject(perSecond, options.Duration))
            .WithThresholds(
            [
                Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0),
                Threshold.Create(Position, stats => stats.Ok.Latency.Percent99 < 250),
                .. hasCodes ? (Threshold[])[Threshold.Create(Code, stats => stats.Ok.Latency.Percent99 < 250)] : [],
            ]);
    }

    private Task<Response<object>> WalkAsync(IScenarioContext iteration, CommandClient commands, Visit visit, GeoPoint at, long turn) =>
        Step.Run(Position, iteration, async () =>
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new[] { new { worker = visit.Point.Worker, lng = at.Lng, lat = at.Lat, at = _time.GetUtcNow() } });
            var answer = await commands.PostAsync("positions", visit.Walk.Tokens[visit.Point.Worker], body, $"position-{turn}", CancellationToken.None);
            return answer.IsSuccess ? Response.Ok(sizeBytes: answer.Bytes) : Response.Fail(statusCode: answer.Code);
        });

    private static Task<Response<object>> ScanAsync(IScenarioContext iteration, CommandClient commands, Visit visit) =>
        Step.Run(Code, iteration, async () =>
        {
            var (walk, point) = visit;
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new { code = walk.Codes[point.Id], position = new { lng = point.At.Lng, lat = point.At.Lat } });
            var answer = await commands.PostAsync(
                $"workers/{point.Worker}/check-ins", walk.Tokens[point.Worker], body, $"scan-{walk.PlanId}-{point.Id}", CancellationToken.None);
            return answer.IsSuccess ? Response.Ok(sizeBytes: answer.Bytes) : Response.Fail(statusCode: answer.Code);
        });

    private static HashSet<string> NamesOf(IEnumerable<Walk> walks, bool isMissed) =>
    [
        .. walks.SelectMany(walk => walk.Plan.Points.Where(point => point.IsMissed == isMissed)
            .Select(point => RoundJudge.NameOf(walk.PlanId, point.Id))),
    ];

    /// <summary>The day on which the round began.</summary>
    private static string DayOf(RoundWindow window) => window.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private Report Compose(
        RunProduct product, LoadResult result, IReadOnlyList<Walk> walks, JsonElement shown, RoundJudge judge, Verified verified, bool inOrder)
    {
        var (done, missed) = (NamesOf(walks, isMissed: false).Count, NamesOf(walks, isMissed: true).Count);
        var told = $"{shown.GetProperty("done").GetInt32()} done, {shown.GetProperty("missed").GetInt32()} missed";
        var wanted = $"{done} done, {missed} missed";
        var report = LoadReport.Compose(
            Name, product, result,
            new Dictionary<string, string>
            {
                ["plans"] = $"{walks.Count}", ["checkpoints"] = $"{done + missed}", ["missed"] = $"{options.Missed} %", ["codes"] = $"{options.Codes} %",
                ["duration"] = $"{options.Duration.TotalSeconds:F0} s", ["seed"] = $"{options.Seed}",
            },
            new LoadFindings
            {
                Tables = [judge.Table],
                Verdicts =
                [
                    .. judge.Verdicts,
                    new Verdict("coverage of the district", $"= {wanted}", told, told == wanted),
                    new Verdict("verify", "= clean", verified.IsClean ? "clean" : verified.Output, verified.IsClean),
                    new Verdict("product stopped in order", "yes", inOrder ? "yes" : "no", inOrder),
                ],
            },
            context);
        return report with { Latencies = [.. report.Latencies, judge.Summary] };
    }
}
