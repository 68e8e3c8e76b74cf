namespace GridMesh.Storage.Tracks;

/// <summary>
/// The UTC days that are kept: the last <c>TrackDays</c>, today, and tomorrow for clocks that run fast.
/// </summary>
internal readonly record struct TrackDays(DateOnly First, DateOnly Last)
{
    public static TrackDays Of(DateTimeOffset now, int kept)
    {
        var today = DayOf(now);
        return new TrackDays(today.AddDays(-kept), today.AddDays(1));
    }

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    public static long StartTicks(DateOnly day) => day.ToDateTime(TimeOnly.MinValue).Ticks;

    public bool Contains(DateOnly day) => day >= First && day <= Last;
}
