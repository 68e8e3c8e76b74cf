using GridMesh.Grains.Clocks;

namespace GridMesh.Load.Seeding;

/// <summary>
/// Spreads reports over the days and hours of a year: working days are busier, and so are office hours.
/// </summary>
internal sealed class PastYear
{
    public const int Days = 365;
    private const double QuietDay = 0.6;

    /// <summary>How lively each hour is, China time.</summary>
    private static readonly double[] s_hours =
    [
        0.18, 0.14, 0.12, 0.11, 0.12, 0.18, 0.4, 0.9, 1.7, 2.0, 2.0, 1.7, 1.1, 1.2, 1.8, 2.0, 1.9, 1.6, 1.3, 1.2, 1.0,
        0.7, 0.45, 0.28,
    ];

    private readonly DateOnly _first;
    private readonly double[] _daysUntil;
    private readonly double[] _hoursUntil = Odds<double>.SumsOf(s_hours);

    /// <param name="until">The day after the last day.</param>
    public PastYear(DateOnly until, WorkCalendar calendar)
    {
        _first = until.AddDays(-Days);
        _daysUntil = Odds<double>.SumsOf(Enumerable.Range(0, Days).Select(
            day => calendar.IsWorkday(_first.AddDays(day)) ? 1 : QuietDay));
    }

    /// <summary>The moments of so many reports, earliest first; only one day of them is held.</summary>
    public IEnumerable<DateTimeOffset> Moments(long count, Random random)
    {
        var before = 0L;
        for (var i = 0; i < Days; i++)
        {
            var until = (long)Math.Round(count * (_daysUntil[i] / _daysUntil[^1]));
            var moments = new double[until - before];
            for (var n = 0; n < moments.Length; n++)
                moments[n] = Odds<double>.Draw(_hoursUntil, random.NextDouble(), out var within) + within;

            Array.Sort(moments);
            var midnight = ChinaTime.StartOf(_first.AddDays(i));
            foreach (var hour in moments)
                yield return midnight + TimeSpan.FromMilliseconds((long)(hour * 3_600_000));

            before = until;
        }
    }
}
