using System.Collections.Immutable;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Kpis;

/// <summary>A row that is waiting to be added to.</summary>
internal readonly record struct KpiKey(string Subject, long Start);

/// <summary>Sums by hour and by day, of one stretch of the journal.</summary>
internal sealed class KpiSums
{
    private readonly Dictionary<KpiKey, long[]> _hours = [];
    private readonly Dictionary<KpiKey, long[]> _days = [];

    /// <summary>Rows that a write of it touches.</summary>
    public int Rows => _hours.Count + _days.Count;

    public IEnumerable<string> Subjects => _days.Keys.Select(key => key.Subject).Distinct();

    public void Add(KpiEntry entry)
    {
        var hour = KpiTime.Hour(entry.At);
        var day = KpiTime.DayOfHour(hour);
        foreach (var subject in entry.Subjects)
        {
            Add(_hours, new KpiKey(subject, hour), entry.Counts);
            Add(_days, new KpiKey(subject, day), entry.Counts);
        }
    }

    /// <summary>The rows of a subject between two numbers, the second one excluded.</summary>
    public IEnumerable<KeyValuePair<KpiKey, long[]>> Of(KpiPeriod period, string subject, long from, long to) =>
        Table(period).Where(row => row.Key.Subject == subject && row.Key.Start >= from && row.Key.Start < to);

    /// <summary>Ordered by subject and time: two processes that write the same rows do it in the same order.</summary>
    /// <param name="from">Rows before it are left out.</param>
    public KeyValuePair<KpiKey, long[]>[] Ordered(KpiPeriod period, long from) =>
    [
        .. Table(period).Where(row => row.Key.Start >= from)
            .OrderBy(row => row.Key.Subject, StringComparer.Ordinal).ThenBy(row => row.Key.Start),
    ];

    private Dictionary<KpiKey, long[]> Table(KpiPeriod period) => period == KpiPeriod.Hour ? _hours : _days;

    private static void Add(Dictionary<KpiKey, long[]> rows, KpiKey key, ImmutableArray<KpiCount> counts)
    {
        if (!rows.TryGetValue(key, out var sums))
            rows[key] = sums = new long[KpiCounters.Width];
        foreach (var count in counts)
            sums[(int)count.Counter] += count.Value;
    }
}
