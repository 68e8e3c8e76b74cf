namespace GridMesh.Load.Questions;

internal sealed record QuestionOptions : RunOptions
{
    [Asked("Questions a second. 每秒查询数。", 0, 2_000)]
    public double Rate { get; init; } = 10;

    [Asked("Seconds to measure. 时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>
/// Questions of many kinds in turn at a fixed rate, over a store that <c>seed</c> has filled: each kind is a step.
/// </summary>
internal sealed class QuestionScenario(QuestionSet set, QuestionOptions options, LoadContext context)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        await using var product = await Product.StartAsync(options, Product.Quiet, context, cancellation);
        using var client = new MeshClient(product.Url);
        var token = await client.TokenAsync("supervisor", options.Area, cancellation: cancellation);
        var questions = set.Of(
            await Terrain.ReadAsync(client, token, options.Area, cancellation), context.Time.GetUtcNow());
        context.Say($"{options.Rate} questions/s of {questions.Length} kinds");
        var asked = -1;
        var scenario = Scenario.Create(set.Name, async iteration =>
            {
                var question = questions[(int)((uint)Interlocked.Increment(ref asked) % (uint)questions.Length)];
                return await Step.Run(question.Name, iteration, async () =>
                {
                    // Read to the last byte and not parsed: that would be the client's time, not the product's.
                    var answer = await client.GetAsync(question.Path(iteration.Random), token, cancellation);
                    return answer.IsSuccess ? Response.Ok(sizeBytes: answer.Length) : Response.Fail(answer.Code);
                });
            })
            .WithWarmUpDuration(s_warmUp)
            .WithLoadSimulations(Simulation.Inject(options.Rate, options.Duration))
            .WithThresholds(
                Threshold.Create(stats => stats.Ok.Request.Count > 0 && stats.Fail.Request.Count == 0), set.IsQuick);
        var report = context.Report(product.Subject);
        report.Take(await new LoadTest(product, context).RunAsync([scenario], cancellation));
        report.Thresholds.Add(await product.StopAsync());
        return report;
    }
}
