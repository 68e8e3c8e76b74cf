namespace GridMesh.Load.Measuring;

/// <summary>
/// A high-dynamic-range histogram of durations in the cells of <see cref="Buckets"/>, by the microsecond: what a
/// percentile says is at most <see cref="RelativeErrorMax"/> too high and never too low. The largest value is kept
/// exactly. Safe for many writers; its memory does not grow.
/// </summary>
internal sealed class Histogram
{
    /// <summary>Most that a percentile exceeds the recorded value by, as a share of it.</summary>
    public const double RelativeErrorMax = Buckets.RelativeErrorMax;

    /// <summary>Longest duration that is told apart; longer ones count as this one.</summary>
    public static readonly TimeSpan ValueMax = TimeSpan.FromMicroseconds(Buckets.ValueMax);

    private readonly long[] _counts = new long[Buckets.Count];
    private long _count;
    private long _max;

    public long Count => Interlocked.Read(ref _count);

    public TimeSpan Max => TimeSpan.FromMicroseconds(Interlocked.Read(ref _max));

    /// <summary>Takes a duration; a negative one counts as zero.</summary>
    public void Record(TimeSpan duration)
    {
        var micros = (long)Math.Clamp(duration.TotalMicroseconds, 0, ValueMax.TotalMicroseconds);
        Interlocked.Increment(ref _counts[Buckets.Of(micros)]);
        Interlocked.Increment(ref _count);
        var max = Interlocked.Read(ref _max);
        while (micros > max && Interlocked.CompareExchange(ref _max, micros, max) is var seen && seen != max)
        {
            max = seen;
        }
    }

    /// <summary>The least duration that this share of the values does not exceed; zero when there is none.</summary>
    /// <param name="share">0 to 1, for example 0.99.</param>
    public TimeSpan Percentile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var passed = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            passed += Interlocked.Read(ref _counts[bucket]);
            if (passed >= wanted)
            {
                return TimeSpan.FromMicroseconds(Math.Min(Buckets.HighestOf(bucket), Interlocked.Read(ref _max)));
            }
        }

        return Max;
    }

    public LatencySummary Summarise(string name) =>
        new(name, Count, Percentile(0.5), Percentile(0.95), Percentile(0.99), Max);
}

/// <summary>What a report says of a histogram.</summary>
/// <param name="Count">Number of values; the durations are zero when it is zero.</param>
internal sealed record LatencySummary(
    string Name, long Count, TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Max);
