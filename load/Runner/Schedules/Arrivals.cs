namespace GridMesh.Load.Runner.Schedules;

/// <summary>When the iterations of a stretch of open load are due, counted from the stretch's beginning.</summary>
internal abstract class Arrivals
{
    /// <summary>Most iterations of one stretch.</summary>
    public const long CountMax = 1_000_000_000;

    /// <summary>Number of iterations.</summary>
    public abstract long Count { get; }

    /// <param name="index">From 0, less than <see cref="Count"/>.</param>
    /// <returns>Never less than for the index before, and less than the stretch's duration.</returns>
    public abstract TimeSpan DueAt(long index);
}

/// <summary>Evenly spaced: the first at once, each next one a rate'th of the interval later.</summary>
internal sealed class SteadyArrivals(int rate, TimeSpan interval, long count) : Arrivals
{
    public SteadyArrivals(int rate, TimeSpan interval, TimeSpan during)
        : this(rate, interval, CountOf(rate, interval, during))
    {
    }

    public override long Count => count;

    public override TimeSpan DueAt(long index) => new((long)((Int128)interval.Ticks * index / rate));

    private static long CountOf(int rate, TimeSpan interval, TimeSpan during) =>
        (long)(((Int128)during.Ticks * rate + interval.Ticks - 1) / interval.Ticks);
}

/// <summary>
/// A rate that changes in a straight line. An iteration is due when the line's area has grown to its number and a half,
/// so that up and down are mirror images.
/// </summary>
/// <param name="from">A second.</param>
/// <param name="to">A second.</param>
internal sealed class RampArrivals(double from, double to, TimeSpan during) : Arrivals
{
    private readonly double _slope = (to - from) / during.TotalSeconds;

    public override long Count { get; } = (long)Math.Round((from + to) / 2 * during.TotalSeconds);

    public override TimeSpan DueAt(long index)
    {
        var area = index + 0.5;
        var seconds = 2 * area / (from + Math.Sqrt(Math.Max(0, (from * from) + (2 * _slope * area))));
        return TimeSpan.FromSeconds(Math.Min(seconds, during.TotalSeconds));
    }
}

/// <summary>For each interval a number of its own, evenly spaced within it.</summary>
internal sealed class RandomArrivals : Arrivals
{
    /// <summary>Most intervals of one stretch.</summary>
    public const int IntervalsMax = 1_000_000;

    private readonly TimeSpan _interval;
    private readonly long[] _before;

    public RandomArrivals(int minRate, int maxRate, TimeSpan interval, TimeSpan during, Random random)
    {
        _interval = interval;
        _before = new long[(int)Math.Ceiling(during / interval) + 1];
        for (var i = 1; i < _before.Length; i++)
        {
            var share = Math.Min(1, (during - ((i - 1) * interval)) / interval);
            _before[i] = _before[i - 1] + (long)(random.Next(minRate, maxRate + 1) * share);
        }
    }

    public override long Count => _before[^1];

    public override TimeSpan DueAt(long index)
    {
        var (low, high) = (0, _before.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = _before[middle] <= index ? (middle, high) : (low, middle);
        }

        return (low * _interval) + (_interval * ((index - _before[low]) / (double)(_before[low + 1] - _before[low])));
    }
}
