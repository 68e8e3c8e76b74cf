namespace GridMesh.Load.Deadlines;

/// <summary>How late what fell due was written, and how often, by the times in the facts themselves.</summary>
internal sealed class Punctuality
{
    /// <summary>Upper ends of the histogram's classes, in milliseconds.</summary>
    private static readonly double[] s_classes = [5, 10, 25, 50, 100, 250, 500, 1_000, 3_600_000];
    private readonly Dictionary<string, int> _facts = [];
    private readonly long[] _counts = new long[s_classes.Length];
    private readonly HistogramBase _late = Durations.Create();
    private TimeSpan _most;

    /// <summary>Those that were written exactly once.</summary>
    public int Once => _facts.Count(entry => entry.Value == 1);
    public int MoreThanOnce => _facts.Count(entry => entry.Value > 1);

    /// <summary>Facts that are dated before they were due.</summary>
    public int Early { get; private set; }

    public double MaxMs => _most.TotalMilliseconds;
    public LoadFigures Figures => LoadFigures.Of("late", _late);

    /// <param name="what">What fell due, in the plural.</param>
    public ReportTable Table(string what) => new(
        "lateness", ["at most ms", what, "share %"],
        [.. s_classes.Select(
            (end, i) => (IReadOnlyList<double>)[end, _counts[i], 100.0 * _counts[i] / Math.Max(1, _late.TotalCount)])]);

    /// <param name="name">Tells what fell due from everything else that did.</param>
    public void Record(string name, DateTimeOffset due, DateTimeOffset at) => Record(name, due, due, at);

    /// <param name="from">The moment from which lateness counts.</param>
    public void Record(string name, DateTimeOffset due, DateTimeOffset from, DateTimeOffset at)
    {
        _facts[name] = _facts.GetValueOrDefault(name) + 1;
        Early += at < due ? 1 : 0;
        var late = at > from ? at - from : TimeSpan.Zero;
        _late.Record(late);
        _most = late > _most ? late : _most;
        var found = Array.FindIndex(s_classes, end => late.TotalMilliseconds <= end);
        _counts[found < 0 ? s_classes.Length - 1 : found]++;
    }
}
