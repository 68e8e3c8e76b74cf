namespace GridMesh.Load.Reports;

/// <summary>Judges a run by the facts of the exported journal.</summary>
internal abstract class JournalJudge
{
    public abstract IEnumerable<Verdict> Verdicts { get; }

    public abstract void Add(JournalRecord record);

    public virtual void Tell(Report report) => report.Thresholds.AddRange(Verdicts);
}

/// <summary>Each fact of what fell due is there once, none early, the latest at most a second late.</summary>
/// <param name="what">What falls due, in the plural.</param>
internal abstract class Punctuality(string what, int wanted) : JournalJudge
{
    private const double LateMaxMs = 1_000;
    private readonly Dictionary<string, int> _facts = [];
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

    public override void Tell(Report report)
    {
        base.Tell(report);
        report.Loads.Add(LoadFigures.Of("late", _late));
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
    }
}
