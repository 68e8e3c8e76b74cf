namespace GridMesh.Load.Lifecycles;

/// <summary>A stretch of steady arrivals.</summary>
/// <param name="Rate">Lifecycles a second; zero: none.</param>
/// <param name="From">Second at which it begins.</param>
internal readonly record struct BurstStep(int Rate, int From, int Seconds)
{
    public int Until => From + Seconds;
}

/// <summary>
/// The shape of DIGIT's load tests: 1, 15, 1, 25, 2, 35, 10, 0 lifecycles a second, and multiples of it. From one step to
/// the next the rate jumps, which is harder than a ramp.
/// </summary>
internal sealed class BurstShape
{
    private static readonly int[] s_rates = [1, 15, 1, 25, 2, 35, 10, 0];

    public BurstShape(int times, int stepSeconds) =>
        Steps = [.. s_rates.Select((rate, i) => new BurstStep(rate * times, i * stepSeconds, stepSeconds))];

    public IReadOnlyList<BurstStep> Steps { get; }

    public int Seconds => Steps[^1].Until;

    /// <summary>Each spike with the calmer step after it.</summary>
    public IEnumerable<(BurstStep Spike, BurstStep After)> Spikes =>
        Steps.Zip(Steps.Skip(1)).Where(pair => pair.First.Rate > pair.Second.Rate && pair.Second.Rate > 0);
}
