using GridMesh.Contracts.Storage;

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

    /// <summary>The rows of a batch by day.</summary>
    public static Dictionary<DateOnly, (List<TrackPoint> Points, List<DoorRecord> Doors)> Split(
        IEnumerable<TrackWrite> writes)
    {
        var days = new Dictionary<DateOnly, (List<TrackPoint> Points, List<DoorRecord> Doors)>();
        foreach (var write in writes)
        {
            foreach (var point in write.Points)
                Day(point.At).Points.Add(point);
            foreach (var door in write.Doors)
                Day(door.At).Doors.Add(door);
        }

        return days;

        (List<TrackPoint> Points, List<DoorRecord> Doors) Day(DateTimeOffset at)
        {
            if (!days.TryGetValue(DayOf(at), out var rows))
                days[DayOf(at)] = rows = ([], []);
            return rows;
        }
    }
}
