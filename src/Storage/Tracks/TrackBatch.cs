using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;

namespace GridMesh.Storage.Tracks;

/// <summary>The rows of one UTC day in a group.</summary>
internal sealed class TrackRows
{
    public List<TrackPoint> Points { get; } = [];

    public List<DoorRecord> Doors { get; } = [];

    public bool IsEmpty => Points.Count + Doors.Count == 0;

    public void Clear()
    {
        Points.Clear();
        Doors.Clear();
    }
}

/// <summary>The rows of a group by UTC day, in lists that serve every group in turn. Not thread-safe.</summary>
internal sealed class TrackBatch
{
    private readonly SortedDictionary<DateOnly, TrackRows> _days = [];

    /// <summary>The days that the group has rows of; valid until the next call.</summary>
    public IReadOnlyList<(DateOnly Day, TrackRows Rows)> Fill(IReadOnlyList<Write> group)
    {
        // What the group before left empty was a day of the past.
        foreach (var (day, rows) in _days.ToArray())
        {
            if (rows.IsEmpty)
                _days.Remove(day);
            rows.Clear();
        }

        foreach (var write in group)
            ((TrackWrite)write).AddTo(this);
        return [.. _days.Where(day => !day.Value.IsEmpty).Select(day => (day.Key, day.Value))];
    }

    public void Add(in TrackPoint point) => Of(point.At).Points.Add(point);

    public void Add(in DoorRecord door) => Of(door.At).Doors.Add(door);

    private TrackRows Of(DateTimeOffset at)
    {
        var day = TrackDays.DayOf(at);
        if (!_days.TryGetValue(day, out var rows))
            _days[day] = rows = new TrackRows();
        return rows;
    }
}
