using GridMesh.Contracts.Patrols;

namespace GridMesh.Load.Patrols;

/// <param name="walked">Plan and checkpoint of those that somebody came to.</param>
/// <param name="left">Of those that nobody came to.</param>
internal sealed class RoundJudge(IReadOnlySet<string> walked, IReadOnlySet<string> left)
    : Punctuality("misses", left.Count)
{
    private readonly Dictionary<string, int> _done = [];

    public override IEnumerable<Verdict> Verdicts => base.Verdicts.Prepend(
        Verdict.Equal("checkpoints done once", walked.Count, _done.Count(entry => entry.Value == 1)));

    public static string NameOf(string plan, string checkpoint) => $"{plan}/{checkpoint}";

    public override void Add(JournalRecord record)
    {
        if (record.Type is not (nameof(CheckpointDone) or nameof(CheckpointMissed)))
            return;

        switch (FactJson.Decode<PatrolFact>(record))
        {
            case CheckpointDone done when walked.Contains(NameOf(done.Slot)):
                _done[NameOf(done.Slot)] = _done.GetValueOrDefault(NameOf(done.Slot)) + 1;
                break;
            case CheckpointMissed missed when left.Contains(NameOf(missed.Slot)):
                Record(NameOf(missed.Slot), missed.Due, missed.At);
                break;
            default:
                Wrong++;
                break;
        }
    }

    private static string NameOf(PatrolSlot slot) => NameOf(slot.Plan, slot.Checkpoint);
}
