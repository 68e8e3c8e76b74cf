using GridMesh.Load.Clients;
using GridMesh.Load.Questions;
using GridMesh.Load.Reports;
using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>What <c>search</c> and <c>kpis</c> are asked to do.</summary>
internal sealed record QuestionOptions : RunOptions
{
    public QuestionOptions() => Rate = 10;

    public string Area { get; init; } = "450105";

    public override double RateMax => 2_000;
}

/// <summary>
/// Questions of many kinds in turn at a fixed rate, over a store that <c>seed</c> has filled: each kind is a step.
/// </summary>
internal sealed class QuestionScenario(QuestionSet set, QuestionOptions options, ScenarioContext context)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    private static readonly string[] s_settings =
    [
        "GridMesh:Demo:Enabled=false", "GridMesh:Limits:TokenPerSecond=1000000", "GridMesh:Limits:TokenBurst=1000000",
    ];

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        // A threshold is told in its own words: what it compares with has to be a number.
        var p99MaxMs = set.P99MaxMs;
        await using var product = await RunProduct.StartAsync(options, s_settings, context, cancellation);
        using var client = new MeshClient(product.Url);
        var token = await client.TokenAsync("supervisor", options.Area);
        var terrain = await Terrain.ReadAsync(client, token, options.Area, cancellation);
        var questions = set.Of(terrain, context.Time.GetUtcNow());
        context.Say($"{options.Rate} questions/s of {questions.Length} kinds");
        var asked = -1;
        var scenario = Scenario.Create(set.Name, async iteration =>
            {
                var question = questions[(int)((uint)Interlocked.Increment(ref asked) % (uint)questions.Length)];
                return await Step.Run(question.Name, iteration, async () =>
                {
                    var answer = await client.ReadAsync(question.Path(iteration.Random), token, cancellation);
                    return answer.IsSuccess ? Response.Ok() : Response.Fail(statusCode: answer.Code);
                });
            })
            .WithWarmUpDuration(s_warmUp)
            .WithMaxFailCount(int.MaxValue)
            .WithLoadSimulations(OpenRate.Inject(options.Rate, options.Duration))
            .WithThresholds(
                Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0),
                Threshold.Create(stats => stats.Ok.Latency.Percent99 < p99MaxMs));
        var result = await new LoadTest(set.Name, product, context).RunAsync([scenario], cancellation);
        var inOrder = await product.StopAsync();
        return LoadReport.Compose(
            set.Name, product, result, Settings(),
            new LoadFindings { Verdicts = [new Verdict("product stopped in order", "yes", inOrder ? "yes" : "no", inOrder)] },
            context);
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["load"] = $"{options.Rate} questions/s",
        ["duration"] = $"{options.Duration.TotalSeconds:F0} s",
        ["data"] = options.Data is null ? "new" : "seeded",
        ["area"] = options.Area,
        ["seed"] = $"{options.Seed}",
    };
}
