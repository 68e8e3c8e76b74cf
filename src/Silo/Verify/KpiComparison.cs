using System.Globalization;
using System.Text.Json;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;

namespace GridMesh.Silo.Verify;

/// <summary>Sets rows of the tables beside what the journal gives, and words those that differ.</summary>
internal sealed class KpiComparison
{
    /// <summary>Most rows that are told one by one; the rest is counted.</summary>
    public const int ToldMax = 20;

    private static readonly long[] s_nothing = new long[KpiCounters.Width];

    private readonly List<string> _told = [];
    private long _differing;

    /// <summary>Rows compared.</summary>
    public long Rows { get; private set; }

    public IReadOnlyList<string> Differences => _differing == _told.Count
        ? _told
        : [.. _told, $"{_differing - _told.Count} more rows of the indices differ 另有考核指标不一致"];

    /// <param name="stored">What the tables have; a row that is missing is one of zeros.</param>
    public void Compare(string whose, KpiSums stored, KpiSums counted)
    {
        foreach (var period in Enum.GetValues<KpiPeriod>())
        {
            var (rows, counts) = (stored.Of(period), counted.Of(period));
            foreach (var start in rows.Keys.Union(counts.Keys).Order())
            {
                Rows++;
                Compare(
                    whose, period, start, rows.GetValueOrDefault(start, s_nothing),
                    counts.GetValueOrDefault(start, s_nothing));
            }
        }
    }

    private void Compare(string whose, KpiPeriod period, DateTimeOffset start, long[] stored, long[] counted)
    {
        if (stored.AsSpan().SequenceEqual(counted) || ++_differing > ToldMax)
            return;

        var different = Enum.GetValues<KpiCounter>().Where(counter => stored[(int)counter] != counted[(int)counter]);
        var name = ChinaTime.Local(start).ToString(
            period == KpiPeriod.Day ? "yyyy-MM-dd" : "yyyy-MM-dd HH:00", CultureInfo.InvariantCulture);
        _told.Add(
            $"indices of {whose}, {period switch { KpiPeriod.Day => "day", _ => "hour" }} {name}: "
            + string.Join(", ", different.Select(counter =>
                $"{JsonNamingPolicy.CamelCase.ConvertName(counter.ToString())} is {stored[(int)counter]},"
                + $" the journal says {counted[(int)counter]}")) + " 考核指标与日志不一致");
    }
}
