using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Storage;
using GridMesh.Load.Deadlines;

namespace GridMesh.Load.Patrols;

/// <summary>Judges rounds by the facts of the exported journal.</summary>
/// <param name="walked">Plan and checkpoint of those that somebody came to.</param>
/// <param name="left">Of those that nobody came to.</param>
internal sealed class RoundJudge(IReadOnlySet<string> walked, IReadOnlySet<string> left)
{
    private const double LateMaxMs = 1_000;
    private readonly Dictionary<string, int> _done = [];
    private readonly Punctuality _missed = new();
    private int _wrong;
    public LoadFigures Figures => _missed.Figures;
    public ReportTable Table => _missed.Table("misses");

    public IReadOnlyList<Verdict> Verdicts =>
    [
        Verdict.Equal("checkpoints done once", walked.Count, _done.Count(entry => entry.Value == 1)),
        Verdict.Equal("checkpoints missed once", left.Count, _missed.Once),
        Verdict.Zero("done or missed otherwise", _wrong),
        Verdict.Zero("misses before their window ended", _missed.Early),
        Verdict.AtMost("latest miss", LateMaxMs, _missed.MaxMs, "ms"),
    ];

    public static string NameOf(string plan, string checkpoint) => $"{plan}/{checkpoint}";

    public void Add(JournalRecord record)
    {
        if (record.Type is not (nameof(CheckpointDone) or nameof(CheckpointMissed)))
            return;

        switch (FactJson.Decode<PatrolFact>(record))
        {
            case CheckpointDone done when walked.Contains(NameOf(done.Slot)):
                _done[NameOf(done.Slot)] = _done.GetValueOrDefault(NameOf(done.Slot)) + 1;
                break;
            case CheckpointMissed missed when left.Contains(NameOf(missed.Slot)):
                _missed.Record(NameOf(missed.Slot), missed.Due, missed.At);
                break;
            default:
                _wrong++;
                break;
        }
    }

    private static string NameOf(PatrolSlot slot) => NameOf(slot.Plan, slot.Checkpoint);
}
