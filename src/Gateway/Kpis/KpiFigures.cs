using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Kpis;

/// <summary>Shares 0-1 and averages; null where nothing was counted that they could be formed of.</summary>
/// <param name="DispatchAccuracy">准确派遣率: dispatched and not returned.</param>
/// <param name="OnTime">按期处置率: handled in time; what an appeal has exempted is left out.</param>
/// <param name="OnTimeClosing">按期结案率</param>
/// <param name="Rework">返工率, of what was inspected.</param>
/// <param name="Repeat">重复率: seen again, merged or reopened, of what was reported.</param>
/// <param name="PublicReports">Verified public reports, of what was filed.</param>
/// <param name="Missed">漏报率, of what was filed.</param>
/// <param name="SelfHandled">自行处置率, of what was filed.</param>
/// <param name="Satisfaction">满意度, average score 1-5.</param>
/// <param name="PatrolCoverage">巡查覆盖率: checkpoints done, of those due.</param>
/// <param name="AcceptMinutes">Average from dispatch to acceptance.</param>
/// <param name="DispatchMinutes">Average that a case waited for its dispatch.</param>
/// <param name="HandleMinutes">Average from acceptance to resolution.</param>
internal sealed record KpiRates(
    double? DispatchAccuracy, double? OnTime, double? OnTimeClosing, double? Rework, double? Repeat,
    double? PublicReports, double? Missed, double? SelfHandled, double? Satisfaction, double? PatrolCoverage,
    double? AcceptMinutes, double? DispatchMinutes, double? HandleMinutes);

/// <summary>Sums over a span, and what follows from them.</summary>
internal sealed class KpiFigures
{
    private const int Digits = 4;
    private const double SecondsPerMinute = 60;

    private readonly long[] _counts = new long[KpiCounters.Width];

    public static ImmutableArray<string> Names { get; } =
        [.. Enum.GetNames<KpiCounter>().Select(name => char.ToLowerInvariant(name[0]) + name[1..])];

    public long this[KpiCounter counter] => _counts[(int)counter];

    /// <summary>The sums by their names, in their order.</summary>
    public KpiCounts Counts => new(_counts);

    public KpiRates Rates => new(
        Share(this[KpiCounter.Dispatched] - this[KpiCounter.Returned], KpiCounter.Dispatched),
        Share(this[KpiCounter.HandledInTime], this[KpiCounter.Handled] - this[KpiCounter.HandledExempt]),
        Share(this[KpiCounter.ClosedInTime], this[KpiCounter.Closed] - this[KpiCounter.ClosedExempt]),
        Share(this[KpiCounter.Reworked], KpiCounter.Inspected),
        Share(this[KpiCounter.Repeated] + this[KpiCounter.Reopened], KpiCounter.Reported),
        Share(this[KpiCounter.PublicFiled], KpiCounter.Filed),
        Share(this[KpiCounter.Missed], KpiCounter.Filed),
        Share(this[KpiCounter.SelfHandled], KpiCounter.Filed),
        Share(this[KpiCounter.ScoreSum], KpiCounter.Scores),
        Share(this[KpiCounter.PatrolsDone], KpiCounter.PatrolsDue),
        Minutes(KpiCounter.AcceptSeconds, KpiCounter.Accepted),
        Minutes(KpiCounter.DispatchSeconds, KpiCounter.Dispatched),
        Minutes(KpiCounter.HandleSeconds, KpiCounter.Handled));

    public static KpiFigures Of(ImmutableArray<long> counts)
    {
        var figures = new KpiFigures();
        figures.Add(counts);
        return figures;
    }

    public static KpiFigures Sum(IEnumerable<KpiRow> rows)
    {
        var figures = new KpiFigures();
        foreach (var row in rows)
            figures.Add(row.Counts);

        return figures;
    }

    private void Add(ImmutableArray<long> counts)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += counts[i];
    }

    private double? Share(long part, KpiCounter whole) => Share(part, this[whole]);

    private double? Minutes(KpiCounter seconds, KpiCounter count) =>
        Share(this[seconds], this[count]) is null
            ? null
            : Math.Round(this[seconds] / (SecondsPerMinute * this[count]), Digits);

    private static double? Share(long part, long whole) =>
        whole <= 0 ? null : Math.Round((double)part / whole, Digits);
}
