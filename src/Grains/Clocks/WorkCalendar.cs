using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Directory;

namespace GridMesh.Grains.Clocks;

/// <summary>
/// The four clocks of the filing standards. Work time is 08:00-12:00 and 14:00-18:00 on working days; the table of
/// days says which weekdays are holidays and which weekends are worked (调休).
/// </summary>
public sealed class WorkCalendar(IEnumerable<CalendarDay> days)
{
    /// <summary>Farthest deadline: a search over a calendar with no working day in it ends here.</summary>
    public const int DaysAheadMax = 730;

    private const int WorkHoursPerDay = 8;

    private static readonly (TimeSpan From, TimeSpan To)[] s_windows =
    [
        (TimeSpan.FromHours(8), TimeSpan.FromHours(12)),
        (TimeSpan.FromHours(14), TimeSpan.FromHours(18)),
    ];

    private readonly Dictionary<DateOnly, bool> _special = days.GroupBy(day => day.Date)
        .ToDictionary(rows => rows.Key, rows => rows.Last().IsWorkday);

    /// <summary>When a limit that starts at <paramref name="from"/> ends.</summary>
    /// <param name="limit">In units of the clock, at least 1.</param>
    public DateTimeOffset Deadline(DateTimeOffset from, int limit, ClockKind clock) =>
        Add(from, Running(limit, clock), clock);

    /// <summary>The running time of a limit on its own clock.</summary>
    public static TimeSpan Running(int limit, ClockKind clock) => clock switch
    {
        ClockKind.WorkDay => TimeSpan.FromHours(limit * WorkHoursPerDay),
        ClockKind.NaturalDay => TimeSpan.FromDays(limit),
        _ => TimeSpan.FromHours(limit),
    };

    /// <summary>
    /// The moment at which the clock has run for <paramref name="running"/> since <paramref name="from"/>.
    /// </summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan running, ClockKind clock)
    {
        if (clock is ClockKind.UrgentHour or ClockKind.NaturalDay)
            return from + running;

        var left = running;
        foreach (var (start, end) in Windows(from))
        {
            if (left <= end - start)
                return start + left;

            left -= end - start;
        }

        return from.AddDays(DaysAheadMax);
    }

    /// <summary>How long the clock ran between two moments; zero if the second is earlier.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to, ClockKind clock)
    {
        if (to <= from)
            return TimeSpan.Zero;

        if (clock is ClockKind.UrgentHour or ClockKind.NaturalDay)
            return to - from;

        var ran = TimeSpan.Zero;
        foreach (var (start, end) in Windows(from))
        {
            if (start >= to)
                break;

            ran += (end < to ? end : to) - start;
        }

        return ran;
    }

    public bool IsWorkday(DateOnly day) =>
        _special.TryGetValue(day, out var workday)
            ? workday
            : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The work windows from a moment on, the first one cut at that moment.</summary>
    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Windows(DateTimeOffset from)
    {
        var day = ChinaTime.Day(from);
        for (var i = 0; i < DaysAheadMax; i++, day = day.AddDays(1))
        {
            if (!IsWorkday(day))
                continue;

            var midnight = day.ToDateTime(TimeOnly.MinValue);
            foreach (var window in s_windows)
            {
                var (start, end) = (ChinaTime.At(midnight + window.From), ChinaTime.At(midnight + window.To));
                if (end > from)
                    yield return (start > from ? start : from, end);
            }
        }
    }
}
