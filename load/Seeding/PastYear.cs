using GridMesh.Grains.Clocks;

namespace GridMesh.Load.Seeding;

/// <summary>Spreads reports over a year: working days are busier, and so are office hours.</summary>
internal sealed class PastYear(DateOnly until, WorkCalendar calendar)
{
    public const int Days = 365;
    private const double QuietDay = 0.6;

    /// <summary>How lively each hour is, China time; an hour is drawn as often as it stands here.</summary>
    private static readonly int[] s_hours =
    [
        .. new[] { 18, 14, 12, 11, 12, 18, 40, 90, 170, 200, 200, 170, 110, 120, 180, 200, 190, 160, 130, 120, 100, 70,
            45, 28 }.SelectMany((share, hour) => Enumerable.Repeat(hour, share)),
    ];

    /// <summary>The moments of so many reports, earliest first; only one day of them is held.</summary>
    public IEnumerable<DateTimeOffset> Moments(long count, Random random)
    {
        double[] shares = [.. Enumerable.Range(0, Days).Select(
            day => calendar.IsWorkday(until.AddDays(day - Days)) ? 1 : QuietDay)];
        var (before, sum, all) = (0L, 0.0, shares.Sum());
        for (var day = 0; day < Days; day++)
        {
            sum += shares[day];
            var made = (long)Math.Round(count * (sum / all));
            var midnight = ChinaTime.StartOf(until.AddDays(day - Days));
            var hours = Enumerable.Range(0, (int)(made - before))
                .Select(_ => s_hours[random.Next(s_hours.Length)] + random.NextDouble()).Order();
            foreach (var hour in hours)
                yield return midnight + TimeSpan.FromMilliseconds((long)(hour * 3_600_000));
            before = made;
        }
    }
}
