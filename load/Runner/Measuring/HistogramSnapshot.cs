using GridMesh.Load.Measuring;

namespace GridMesh.Load.Runner.Measuring;

/// <summary>The counts of a histogram at one moment.</summary>
internal sealed class HistogramSnapshot
{
    public static readonly HistogramSnapshot Empty = new(new long[Buckets.Count], 0, 0, 0);

    private readonly long[] _counts;
    private readonly long _sum;

    public HistogramSnapshot(long[] counts, long sum, long min, long max)
    {
        (_counts, _sum, Count, Max) = (counts, sum, counts.Sum(), max);
        Min = Count == 0 ? 0 : min;
    }

    public long Count { get; }

    public long Sum => _sum;

    public long Min { get; }

    public long Max { get; }

    public double Mean => Count == 0 ? 0 : (double)_sum / Count;

    /// <summary>What came after an earlier snapshot. Its least and most are the ends of their cells.</summary>
    public HistogramSnapshot Since(HistogramSnapshot earlier)
    {
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = _counts[i] - earlier._counts[i];
        }

        var (first, last) = (Array.FindIndex(counts, count => count > 0), Array.FindLastIndex(counts, count => count > 0));
        return first < 0
            ? Empty
            : new HistogramSnapshot(
                counts, _sum - earlier._sum, Math.Max(Min, Buckets.LowestOf(first)), Math.Min(Max, Buckets.HighestOf(last)));
    }

    /// <summary>The least value that this share of the values does not exceed; 0 when there is none.</summary>
    public long Percentile(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var passed = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            passed += _counts[bucket];
            if (passed >= wanted)
            {
                return Math.Min(Buckets.HighestOf(bucket), Max);
            }
        }

        return Max;
    }

    /// <summary>How many values lie in cells that end at or below this one.</summary>
    public long CountUpTo(long value) => _counts.Take(Buckets.Of(Math.Clamp(value, 0, Buckets.ValueMax)) + 1).Sum();

    /// <summary>Taken from the middles of the cells.</summary>
    public double StandardDeviation()
    {
        if (Count == 0)
        {
            return 0;
        }

        var (mean, sum) = (Mean, 0d);
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            if (_counts[bucket] > 0)
            {
                var off = ((Buckets.LowestOf(bucket) + Buckets.HighestOf(bucket)) / 2d) - mean;
                sum += off * off * _counts[bucket];
            }
        }

        return Math.Sqrt(sum / Count);
    }
}
