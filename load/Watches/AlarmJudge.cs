using GridMesh.Contracts.Care;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Load.Deadlines;
using GridMesh.Load.Measuring;
using GridMesh.Load.Reports;

namespace GridMesh.Load.Watches;

/// <summary>Judges alarms by the facts of the exported journal.</summary>
/// <param name="silent">The watches that have to alarm, and no other.</param>
internal sealed class AlarmJudge(IReadOnlySet<string> silent)
{
    private const double LateMaxMs = 1_000;

    private readonly Punctuality _punctuality = new();
    private int _wrong;

    public LatencySummary Summary => _punctuality.Summary;

    public ReportTable Table => _punctuality.Table("alarms");

    public IReadOnlyList<Verdict> Verdicts =>
    [
        new Verdict("silent households with exactly one alarm", $"= {silent.Count}", $"{_punctuality.Once}", _punctuality.Once == silent.Count),
        new Verdict("alarms of who was heard of", "= 0", $"{_wrong}", _wrong == 0),
        new Verdict("alarms before their window ended", "= 0", $"{_punctuality.Early}", _punctuality.Early == 0),
        new Verdict("latest alarm", $"<= {LateMaxMs} ms", $"{_punctuality.Max.TotalMilliseconds:F0} ms", _punctuality.Max.TotalMilliseconds <= LateMaxMs),
    ];

    public void Add(JournalRecord record)
    {
        if (record.Type != nameof(CareAlarmed) || FactJson.Decode<CareFact>(record) is not CareAlarmed alarm)
        {
            return;
        }

        if (silent.Contains(alarm.Watch))
        {
            _punctuality.Record(alarm.Watch, alarm.Due, alarm.At);
        }
        else
        {
            _wrong++;
        }
    }
}
