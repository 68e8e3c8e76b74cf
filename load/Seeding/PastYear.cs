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
    private readonly double[] _daysUntil = new double[Days];
    private readonly double[] _hoursUntil = new double[s_hours.Length];

    /// <param name="until">The day after the last day.</param>
    public PastYear(DateOnly until, WorkCalendar calendar)
    {
        _first = until.AddDays(-Days);
        var sum = 0.0;
        for (var i = 0; i < Days; i++)
            _daysUntil[i] = sum += calendar.IsWorkday(_first.AddDays(i)) ? 1 : QuietDay;

        sum = 0;
        for (var i = 0; i < s_hours.Length; i++)
            _hoursUntil[i] = sum += s_hours[i];
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
                moments[n] = HourOf(random.NextDouble() * _hoursUntil[^1]);

            Array.Sort(moments);
            var midnight = ChinaTime.StartOf(_first.AddDays(i));
            foreach (var hour in moments)
                yield return midnight + TimeSpan.FromMilliseconds((long)(hour * 3_600_000));

            before = until;
        }
    }

    private double HourOf(double drawn)
    {
        var index = Array.BinarySearch(_hoursUntil, drawn);
        var hour = Math.Min(index < 0 ? ~index : index, _hoursUntil.Length - 1);
        var began = hour == 0 ? 0 : _hoursUntil[hour - 1];
        return hour + Math.Min((drawn - began) / (_hoursUntil[hour] - began), 0.999_999);
    }
}
