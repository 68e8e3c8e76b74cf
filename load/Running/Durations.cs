namespace GridMesh.Load.Running;

/// <summary>
/// Durations in an HDR histogram by the microsecond, two digits exact: what it tells is never too low and at most 1 %
/// too high. Safe for many writers.
/// </summary>
internal static class Durations
{
    public const long MicrosMax = 1L << 32;
    public const int Digits = 2;

    public static HistogramBase Create() => new LongConcurrentHistogram(1, MicrosMax, Digits);

    public static void Record(this HistogramBase histogram, TimeSpan duration) =>
        histogram.RecordValue(MicrosOf(duration));

    /// <summary>A negative one counts as zero, a longer one than 71 minutes as these.</summary>
    public static long MicrosOf(TimeSpan duration) =>
        Math.Clamp(duration.Ticks / TimeSpan.TicksPerMicrosecond, 0, MicrosMax);

    /// <summary>Milliseconds that so many percent of the values do not exceed. 0 when there is none.</summary>
    public static double Ms(this HistogramBase histogram, double percentile) =>
        histogram.TotalCount == 0 ? 0 : histogram.GetValueAtPercentile(percentile) / 1_000d;
}
