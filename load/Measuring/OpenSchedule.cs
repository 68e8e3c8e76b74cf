namespace GridMesh.Load.Measuring;

/// <summary>
/// An open workload: when each operation is meant to start, whatever became of the ones before. Latencies count from
/// these moments, so a product that stalls is charged for everybody who would have waited.
/// </summary>
/// <param name="Rate">Operations a second, more than 0.</param>
/// <param name="Duration">How long it goes on.</param>
internal sealed record OpenSchedule(double Rate, TimeSpan Duration)
{
    /// <summary>Most operations of one schedule.</summary>
    public const int CountMax = 10_000_000;

    /// <summary>Number of operations, at most <see cref="CountMax"/>.</summary>
    public int Count { get; } = (int)Math.Min(CountMax, Math.Ceiling(Rate * Duration.TotalSeconds));

    /// <summary>How long after the start the operation of this number, from 0, is meant to start.</summary>
    public TimeSpan DueAt(int number) => TimeSpan.FromSeconds(number / Rate);
}
