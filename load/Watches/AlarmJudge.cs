using GridMesh.Contracts.Care;
using GridMesh.Contracts.Storage;
using GridMesh.Load.Deadlines;

namespace GridMesh.Load.Watches;

/// <summary>Judges alarms by the facts of the exported journal.</summary>
/// <param name="silent">The watches that have to alarm, and no other.</param>
internal sealed class AlarmJudge(IReadOnlySet<string> silent)
{
    private const double LateMaxMs = 1_000;
    private readonly Punctuality _punctuality = new();
    private int _wrong;
    public LoadFigures Figures => _punctuality.Figures;
    public ReportTable Table => _punctuality.Table("alarms");

    public IReadOnlyList<Verdict> Verdicts =>
    [
        Verdict.Equal("silent households with exactly one alarm", silent.Count, _punctuality.Once),
        Verdict.Zero("alarms of who was heard of", _wrong),
        Verdict.Zero("alarms before their window ended", _punctuality.Early),
        Verdict.AtMost("latest alarm", LateMaxMs, _punctuality.MaxMs, "ms"),
    ];

    public void Add(JournalRecord record)
    {
        if (record.Type != nameof(CareAlarmed) || FactJson.Decode<CareFact>(record) is not CareAlarmed alarm)
            return;

        if (silent.Contains(alarm.Watch))
            _punctuality.Record(alarm.Watch, alarm.Due, alarm.At);
        else
            _wrong++;
    }
}
