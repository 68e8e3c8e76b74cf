namespace GridMesh.Load.Reports;

/// <summary>Judges a run by the facts of the exported journal.</summary>
internal abstract class JournalJudge
{
    public abstract IEnumerable<Verdict> Verdicts { get; }

    public abstract void Add(JournalRecord record);

    public virtual void Tell(Report report) => report.Thresholds.AddRange(Verdicts);
}

/// <summary>
/// Judges what fell due: each is written exactly once, none early, the latest at most a second late, by the times in
/// the facts themselves.
/// </summary>
/// <param name="what">What falls due, in the plural.</param>
internal abstract class Punctuality(string what, int wanted) : JournalJudge
{
    private const double LateMaxMs = 1_000;
    private static readonly double[] s_classes = [5, 10, 25, 50, 100, 250, 500, 1_000, 3_600_000];
    private readonly Dictionary<string, int> _facts = [];
    private readonly long[] _counts = new long[s_classes.Length];
    private readonly HistogramBase _late = Durations.Create();
    private TimeSpan _most;
    private int _early;

    public double MaxMs => _most.TotalMilliseconds;

    protected int Wrong { get; set; }

    public override IEnumerable<Verdict> Verdicts =>
    [
        Verdict.Equal($"{what} written exactly once", wanted, _facts.Count(entry => entry.Value == 1)),
        Verdict.Zero($"{what} written more than once", _facts.Count(entry => entry.Value > 1)),
        Verdict.Zero($"{what} that should not be there", Wrong), Verdict.Zero($"{what} before their time", _early),
        Verdict.AtMost("latest", LateMaxMs, MaxMs, "ms"),
    ];

    public ReportTable Table => new(
        "lateness", ["at most ms", what, "share %"],
        [.. s_classes.Select(
            (end, i) => (IReadOnlyList<double>)[end, _counts[i], 100.0 * _counts[i] / Math.Max(1, _late.TotalCount)])]);

    public override void Tell(Report report)
    {
        base.Tell(report);
        report.Loads.Add(LoadFigures.Of("late", _late));
        report.Tables.Add(Table);
    }

    /// <param name="name">Tells what fell due from everything else that did.</param>
    /// <param name="from">The moment from which lateness counts; null: that at which it was due.</param>
    protected void Record(string name, DateTimeOffset due, DateTimeOffset at, DateTimeOffset? from = null)
    {
        _facts[name] = _facts.GetValueOrDefault(name) + 1;
        _early += at < due ? 1 : 0;
        var late = TimeSpan.FromTicks(Math.Max(0, (at - (from ?? due)).Ticks));
        _late.Record(late);
        _most = late > _most ? late : _most;
        var found = Array.FindIndex(s_classes, end => late.TotalMilliseconds <= end);
        _counts[found < 0 ? s_classes.Length - 1 : found]++;
    }
}
