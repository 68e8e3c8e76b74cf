using GridMesh.Load.Measuring;

namespace GridMesh.Load.Lifecycles;

/// <summary>
/// The latencies of commands by the second in which they were answered: thresholds such as "back within 5 s" are about
/// seconds, and about single commands, not about whole lifecycles. Those after the last second are not kept.
/// </summary>
internal sealed class CommandSeconds(int secondsMax, TimeProvider time)
{
    private readonly Histogram?[] _seconds = new Histogram?[secondsMax];
    private readonly Lock _gate = new();
    private long _began = -1;

    /// <summary>Commands in flight begin to count; the first call decides.</summary>
    public void Begin() => Interlocked.CompareExchange(ref _began, time.GetTimestamp(), -1);

    public void Record(TimeSpan latency)
    {
        var began = Interlocked.Read(ref _began);
        var second = began < 0 ? -1 : (int)Math.Min(time.GetElapsedTime(began).TotalSeconds, int.MaxValue);
        if (second >= 0 && second < _seconds.Length)
        {
            HistogramOf(second).Record(latency);
        }
    }

    /// <summary>Zero for a second in which nothing was answered.</summary>
    public TimeSpan P95(int second) => second < _seconds.Length && _seconds[second] is { } histogram ? histogram.Percentile(0.95) : TimeSpan.Zero;

    /// <summary>Of a span of seconds, the second and the p95 of the worst of them.</summary>
    public TimeSpan WorstP95(int from, int to) =>
        Enumerable.Range(from, Math.Max(0, to - from)).Select(P95).DefaultIfEmpty(TimeSpan.Zero).Max();

    private Histogram HistogramOf(int second)
    {
        if (_seconds[second] is { } known)
        {
            return known;
        }

        lock (_gate)
        {
            return _seconds[second] ??= new Histogram();
        }
    }
}
