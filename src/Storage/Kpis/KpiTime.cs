using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Kpis;

/// <summary>
/// How the tables number time: hours since 0001-01-01 UTC, and days as yyyyMMdd in China, which is whole hours away.
/// </summary>
internal static class KpiTime
{
    public const int HoursOfDay = 24;

    /// <summary>Hours before it are not kept.</summary>
    public static long OldestHour(TimeProvider time) => Hour(time.GetUtcNow().AddDays(-IKpiStore.HoursKeptDays));

    public static long Hour(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerHour;

    public static long DayOfHour(long hour) =>
        ChinaTime.DayNumber(new DateTimeOffset(hour * TimeSpan.TicksPerHour, TimeSpan.Zero));

    public static long Number(KpiPeriod period, DateTimeOffset at) =>
        period == KpiPeriod.Hour ? Hour(at) : DayOfHour(Hour(at));

    public static DateTimeOffset Start(KpiPeriod period, long number) => period == KpiPeriod.Hour
        ? new DateTimeOffset(number * TimeSpan.TicksPerHour, TimeSpan.Zero).ToOffset(ChinaTime.Offset)
        : ChinaTime.StartOf(ChinaTime.DayOf((int)number));
}
