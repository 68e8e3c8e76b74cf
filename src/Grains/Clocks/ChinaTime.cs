namespace GridMesh.Grains.Clocks;

/// <summary>
/// China has one zone, UTC+8, without summer time since 1991: days of cases and work hours are in it.
/// </summary>
public static class ChinaTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateTime Local(DateTimeOffset at) => at.ToOffset(Offset).DateTime;

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at));

    /// <summary>The day as yyyyMMdd, as rows keep it.</summary>
    public static int DayNumber(DateTimeOffset at)
    {
        var day = Day(at);
        return (day.Year * 10_000) + (day.Month * 100) + day.Day;
    }

    public static DateTimeOffset At(DateTime local) => new(local, Offset);
}
