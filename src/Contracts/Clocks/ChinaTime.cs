using System.Globalization;

namespace GridMesh.Contracts.Clocks;

/// <summary>
/// China has one zone, UTC+8, without summer time since 1991: days of cases and work hours are in it.
/// </summary>
public static class ChinaTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateTime Local(DateTimeOffset at) => at.ToOffset(Offset).DateTime;

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at));

    /// <summary>The day as yyyyMMdd, as rows keep it.</summary>
    public static int DayNumber(DateTimeOffset at) => NumberOf(Day(at));

    public static int NumberOf(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;

    /// <summary>The day of a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such day.</exception>
    public static DateOnly DayOf(int number) => new(number / 10_000, number / 100 % 100, number % 100);

    public static DateTimeOffset At(DateTime local) => new(local, Offset);

    /// <summary>To the minute, for people to read: <c>2026-05-01 08:30</c>.</summary>
    public static string MinuteText(DateTimeOffset at) =>
        Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 to the second, with the zone.</summary>
    public static string IsoText(DateTimeOffset at) =>
        at.ToOffset(Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The first moment of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => At(day.ToDateTime(TimeOnly.MinValue));
}
