using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Incidents;
using GridMesh.Load.Measuring;
using GridMesh.Load.Reports;

namespace GridMesh.Load.Deadlines;

/// <summary>How late each deadline was written, by the times in the facts themselves.</summary>
/// <param name="down">While nothing ran: from the kill until the next process was ready. What fell due then can only be judged from its end.</param>
internal sealed class Lateness((DateTimeOffset From, DateTimeOffset To)? down)
{
    /// <summary>Upper ends of the histogram's classes, in milliseconds.</summary>
    public static readonly double[] Classes = [5, 10, 25, 50, 100, 250, 500, 1_000, 3_600_000];

    /// <summary>What fell due so shortly before the kill was not late yet when the process died.</summary>
    private static readonly TimeSpan s_allowed = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, int> _facts = [];
    private readonly long[] _counts = new long[Classes.Length];
    private readonly Histogram _histogram = new();

    /// <summary>Cases with exactly one such fact.</summary>
    public int Once => _facts.Count(entry => entry.Value == 1);

    public int MoreThanOnce => _facts.Count(entry => entry.Value > 1);

    /// <summary>Deadlines that passed while nothing ran, or so shortly before that they were not written.</summary>
    public int WhileDown { get; private set; }

    /// <summary>Facts that are dated before their deadline.</summary>
    public int Early { get; private set; }

    public TimeSpan Max => _histogram.Max;

    public LatencySummary Summary => new(
        "late", _histogram.Count, _histogram.Percentile(0.5), _histogram.Percentile(0.95), _histogram.Percentile(0.99), _histogram.Max);

    public ReportTable Table => new(
        "lateness", ["at most ms", "deadlines", "share %"],
        [.. Classes.Select((end, i) => (IReadOnlyList<double>)[end, _counts[i], 100.0 * _counts[i] / Math.Max(1, _histogram.Count)])]);

    public void Add(JournalRecord record)
    {
        if (record.Type != nameof(DeadlinePassed) || IncidentHistory.Decode(record) is not DeadlinePassed passed)
        {
            return;
        }

        _facts[record.Stream] = _facts.GetValueOrDefault(record.Stream) + 1;
        var from = passed.Due;
        if (down is { } gap && passed.At >= gap.From && passed.Due >= gap.From - s_allowed && passed.Due < gap.To)
        {
            WhileDown++;
            from = gap.To > passed.At ? passed.At : gap.To;
        }

        Early += passed.At < passed.Due ? 1 : 0;
        var late = passed.At > from ? passed.At - from : TimeSpan.Zero;
        _histogram.Record(late);
        var found = Array.FindIndex(Classes, end => Ms(late) <= end);
        _counts[found < 0 ? Classes.Length - 1 : found]++;
    }

    private static double Ms(TimeSpan span) => span.TotalMilliseconds;
}
