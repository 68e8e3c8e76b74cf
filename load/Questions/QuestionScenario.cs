namespace GridMesh.Load.Questions;

internal sealed record QuestionOptions : RunOptions
{
    [Asked("Questions a second. 每秒查询数。", 0, 2_000)]
    public double Rate { get; init; } = 10;

    [Asked("Seconds to measure. 时长（秒）。", 0, 3_600)]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>Questions of many kinds in turn, over a store that <c>seed</c> has filled: each is a step.</summary>
internal sealed class QuestionScenario(QuestionSet set, QuestionOptions options, LoadContext context)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    public Task<Report> RunAsync(CancellationToken cancellation) =>
        Product.MeasureAsync(options, context, product => MeasureAsync(product, cancellation), cancellation);

    private async Task MeasureAsync(Product product, CancellationToken cancellation)
    {
        var client = product.Client;
        var token = await client.TokenAsync("supervisor", options.Area, cancellation: cancellation);
        var questions = set.Of(
            await Terrain.ReadAsync(client, token, options.Area, cancellation), context.Time.GetUtcNow());
        context.Say($"{options.Rate} questions/s of {questions.Length} kinds");
        var asked = -1;
        var scenario = new Scenario(set.Name, iteration =>
        {
            var question = questions[(int)((uint)Interlocked.Increment(ref asked) % (uint)questions.Length)];

            // Read to the last byte and not parsed: that would be the client's time, not the product's.
            return iteration.StepAsync(question.Name, async () => Response.Of(
                await client.GetAsync(question.Path(iteration.Random), token, cancellation)));
        })
        {
            WarmUp = s_warmUp, Load = [Stretch.Open(options.Rate, options.Duration)],
            Thresholds = [Threshold.AllGoWell, set.IsQuick],
        };
        await product.LoadAsync([scenario], cancellation);
    }
}
