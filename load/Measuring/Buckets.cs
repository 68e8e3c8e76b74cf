using System.Numerics;

namespace GridMesh.Load.Measuring;

/// <summary>
/// The cells of a high-dynamic-range histogram. Up to 256 every whole number has one of its own; above, each power of
/// two is cut into 128, so the highest number of a cell is at most <see cref="RelativeErrorMax"/> above its lowest.
/// </summary>
internal static class Buckets
{
    /// <summary>Most that a percentile exceeds the recorded value by, as a share of it.</summary>
    public const double RelativeErrorMax = 1d / SubBuckets;

    /// <summary>Largest number that is told apart; larger ones count as this one.</summary>
    public const long ValueMax = (1L << MagnitudeMax) - 1;

    /// <summary>Number of cells.</summary>
    public const int Count = (MagnitudeMax - SubBucketBits + 1) * SubBuckets;

    private const int SubBucketBits = 7;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int MagnitudeMax = 32;

    /// <param name="value">From 0 to <see cref="ValueMax"/>.</param>
    public static int Of(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value) - SubBucketBits);
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    public static long HighestOf(int bucket)
    {
        var shift = Math.Max(0, (bucket / SubBuckets) - 1);
        return ((bucket - ((long)shift * SubBuckets) + 1) << shift) - 1;
    }

    public static long LowestOf(int bucket) => bucket == 0 ? 0 : HighestOf(bucket - 1) + 1;
}
