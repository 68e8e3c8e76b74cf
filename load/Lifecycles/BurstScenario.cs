namespace GridMesh.Load.Lifecycles;

internal sealed record BurstOptions : RunOptions
{
    [Asked("Times the rates. 峰值倍数。", 1, 100)]
    public int Times { get; init; } = 1;

    [Asked("Seconds of each step. 每级时长（秒）。", 8, 600)]
    public int Step { get; init; } = 10;
}

internal readonly record struct BurstStep(int Rate, int From, int Until);

/// <summary>Spikes of lifecycles: nothing may fail, and soon after each one commands are as fast as before.</summary>
internal sealed class BurstScenario(BurstOptions options, LoadContext context)
{
    /// <summary>What the p95 of a second's commands has to be back under.</summary>
    private const double CalmMs = 200;
    private const int CalmWithinSeconds = 5;
    private const int WarmUpRate = 20;

    /// <summary>The shape of DIGIT's load tests, in lifecycles a second; it jumps, harder than a ramp.</summary>
    private static readonly int[] s_rates = [1, 15, 1, 25, 2, 35, 10, 0];
    private long _began;

    public static BurstStep[] Steps(int times, int seconds) =>
        [.. s_rates.Select((rate, i) => new BurstStep(rate * times, i * seconds, (i + 1) * seconds))];

    public Task<Report> RunAsync(CancellationToken cancellation) =>
        Product.MeasureAsync(options, context, product => MeasureAsync(product, cancellation), cancellation);

    private async Task MeasureAsync(Product product, CancellationToken cancellation)
    {
        var steps = Steps(options.Times, options.Step);
        var crew = await Crew.SignInAsync(product.Client, options.Area, Lifecycle.CrewSize);
        await Lifecycle.WarmUpAsync(product, crew, WarmUpRate * options.Times, context, cancellation);
        var seconds = steps.SelectMany(step => Enumerable.Range(step.From, step.Until - step.From))
            .Select(_ => Durations.Create()).ToArray();
        var lifecycle = new Lifecycle(product.Client, crew, context.Time, took => Keep(seconds, took));
        var scenario = new Scenario("burst", lifecycle.RunAsync)
        {
            Load = [.. steps.Select(step => Stretch.Open(step.Rate, TimeSpan.FromSeconds(step.Until - step.From)))],
            Thresholds = [Threshold.NoneFails],
        };
        _began = context.Time.GetTimestamp();
        await product.LoadAsync([scenario], cancellation);
        product.Report.Tables.Add(new ReportTable(
            "p95 of a command by second, in ms", ["second", "lifecycles/s", "p95"],
            [.. seconds.Select((second, i) => (double[])[i, steps[i / options.Step].Rate, second.Ms(95)])]));
        product.Report.Thresholds.AddRange(Calm(steps, seconds));
    }

    /// <summary>Each spike is judged in the calmer step after it; the end of all load is none.</summary>
    public static IEnumerable<Verdict> Calm(BurstStep[] steps, HistogramBase[] seconds)
    {
        foreach (var (spike, after) in steps.Zip(steps.Skip(1))
            .Where(pair => pair.First.Rate > pair.Second.Rate && pair.Second.Rate > 0))
        {
            var worst = seconds[(after.From + CalmWithinSeconds)..after.Until].Max(second => second.Ms(95));
            yield return new Verdict(
                $"p95 of a command from {CalmWithinSeconds} s after {spike.Rate} lifecycles/s", $"< {CalmMs} ms",
                $"{worst:F1} ms",
                worst is > 0 and < CalmMs);
        }
    }

    /// <summary>Commands count in the second of their answer; those after the last one are not kept.</summary>
    private void Keep(HistogramBase[] seconds, TimeSpan took)
    {
        var second = (int)context.Time.GetElapsedTime(_began).TotalSeconds;
        if (second < seconds.Length)
            seconds[second].Record(took);
    }
}
