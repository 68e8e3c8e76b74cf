using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Workers;

namespace GridMesh.Grains.Grids;

/// <summary>
/// Who is where in one grid. Alarms: a worker on duty who went silent, and a grid without anybody on duty while a shift
/// of its roster runs.
/// </summary>
public sealed class Presence(ImmutableArray<WorkerEntry> roster, TimeSpan silentAfter, DateTimeOffset now)
{
    private readonly Dictionary<string, Entry> _workers = roster.ToDictionary(
        worker => worker.Id,
        worker => new Entry(new WorkerDot(worker.Id, null, null, WorkerStatus.OffDuty, null), 0, now));

    /// <summary>Versions of the duty rows of those who are not of this grid any more.</summary>
    private long _strangers;

    /// <summary>How far a phone's clock may run ahead of ours.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(2);

    public int Total => _workers.Count;

    /// <summary>The sum of the versions of all duty rows of the grid, as far as it has heard of them.</summary>
    public long DutyVersions => _workers.Values.Sum(entry => entry.DutyVersion) + _strangers;

    public int OnDuty { get; private set; }

    public int Silent { get; private set; }

    /// <summary>1 while somebody should be here and nobody is.</summary>
    public int Deserted { get; private set; }

    public IEnumerable<WorkerDot> Dots => _workers.Values.Select(entry => entry.Dot);

    public WorkerDot? Find(string worker) => _workers.TryGetValue(worker, out var entry) ? entry.Dot : null;

    /// <summary>A shift began or ended; false when that is known, or the worker is not of this grid.</summary>
    public bool Apply(DutyRow row, DateTimeOffset now)
    {
        if (!_workers.TryGetValue(row.Worker, out var entry) || entry.DutyVersion >= row.Version)
            return false;

        var status = row.OnDuty ? WorkerStatus.OnDuty : WorkerStatus.OffDuty;
        Set(row.Worker, new Entry(entry.Dot with { Status = status }, row.Version, now));
        return true;
    }

    /// <summary>
    /// Rows of who has left the roster stay in the index: they count for nothing but in the comparison with it.
    /// </summary>
    public void KeepStrangers(IEnumerable<DutyRow> rows) =>
        _strangers = rows.Where(row => !_workers.ContainsKey(row.Worker)).Sum(row => row.Version);

    /// <summary>Somebody was seen. It is news when it was measured after the last one.</summary>
    public (RejectCode? Reject, WorkerDot? News) Move(in WorkerPosition position, DateTimeOffset now)
    {
        var (id, report) = position;
        if (!_workers.TryGetValue(id, out var entry))
            return (RejectCode.WorkerIsUnknown, null);

        if (entry.Dot.Status == WorkerStatus.OffDuty)
            return (RejectCode.WorkerIsOffDuty, null);

        if (report.At > now + AheadMax)
            return (RejectCode.PositionIsFromTheFuture, null);

        if (report.At <= entry.Dot.At)
            return (null, null);

        var dot = new WorkerDot(id, report.Point.Lng, report.Point.Lat, WorkerStatus.OnDuty, report.At);
        Set(id, entry with { Dot = dot, HeardAt = now });
        return (null, dot);
    }

    /// <summary>Looks at the clock; answers the workers who fell silent just now.</summary>
    public IReadOnlyList<string> Tick(DateTimeOffset now)
    {
        List<string>? fell = null;
        foreach (var (id, entry) in _workers)
        {
            if (entry.Dot.Status == WorkerStatus.OnDuty && now - entry.HeardAt > silentAfter)
                (fell ??= []).Add(id);
        }

        foreach (var id in fell ?? [])
            Set(id, _workers[id] with { Dot = _workers[id].Dot with { Status = WorkerStatus.Silent } });

        Deserted = OnDuty == 0 && roster.Any(worker => IsShiftRunning(worker, ChinaTime.Local(now))) ? 1 : 0;
        return fell ?? (IReadOnlyList<string>)[];
    }

    /// <summary>A shift may run over midnight.</summary>
    internal static bool IsShiftRunning(WorkerEntry worker, DateTime local) =>
        worker.Kind is WorkerKind.Worker or WorkerKind.Leader
        && (local.TimeOfDay - worker.ShiftStart.ToTimeSpan() + TimeSpan.FromDays(1)).Ticks % TimeSpan.TicksPerDay
            < TimeSpan.FromHours(worker.ShiftHours).Ticks;

    private void Set(string id, Entry entry)
    {
        Count(_workers[id].Dot.Status, -1);
        _workers[id] = entry;
        Count(entry.Dot.Status, +1);
        Deserted = OnDuty > 0 ? 0 : Deserted;
    }

    /// <summary>Silent is on duty too: the shift has not ended.</summary>
    private void Count(WorkerStatus status, int sign)
    {
        OnDuty += status == WorkerStatus.OffDuty ? 0 : sign;
        Silent += status == WorkerStatus.Silent ? sign : 0;
    }

    private readonly record struct Entry(WorkerDot Dot, long DutyVersion, DateTimeOffset HeardAt);
}
