using System.Collections.Immutable;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;

namespace GridMesh.Silo.Verify;

/// <summary>Counts of one area, or of all owners, by hour and by day.</summary>
/// <param name="from">Hours before it are left out: the tables need not have them.</param>
internal sealed class KpiSums(DateTimeOffset from)
{
    private readonly Dictionary<DateTimeOffset, long[]> _hours = [];
    private readonly Dictionary<DateTimeOffset, long[]> _days = [];

    public IReadOnlyDictionary<DateTimeOffset, long[]> Of(KpiPeriod period) => Table(period);

    public bool Has(KpiPeriod period, DateTimeOffset start) => period == KpiPeriod.Day || start >= from;

    public void Add(KpiEntry entry)
    {
        var hour = new DateTimeOffset(
            entry.At.UtcTicks - (entry.At.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        Add(KpiPeriod.Day, ChinaTime.StartOf(ChinaTime.Day(hour)), entry.Counts);
        Add(KpiPeriod.Hour, hour, entry.Counts);
    }

    public void Add(KpiPeriod period, DateTimeOffset start, IReadOnlyList<long> counts)
    {
        if (!Has(period, start))
            return;

        var row = Row(period, start);
        for (var i = 0; i < row.Length; i++)
            row[i] += counts[i];
    }

    /// <summary>An area has what its parts have.</summary>
    public void Add(KpiSums part)
    {
        foreach (var period in Enum.GetValues<KpiPeriod>())
        {
            foreach (var (start, counts) in part.Table(period))
                Add(period, start, counts);
        }
    }

    private void Add(KpiPeriod period, DateTimeOffset start, ImmutableArray<KpiCount> counts)
    {
        if (!Has(period, start))
            return;

        var row = Row(period, start);
        foreach (var count in counts)
            row[(int)count.Counter] += count.Value;
    }

    private Dictionary<DateTimeOffset, long[]> Table(KpiPeriod period) => period == KpiPeriod.Hour ? _hours : _days;

    private long[] Row(KpiPeriod period, DateTimeOffset start) => Table(period).TryGetValue(start, out var row)
        ? row
        : Table(period)[start] = new long[KpiCounters.Width];
}
