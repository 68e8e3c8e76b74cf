using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Patrols;

namespace GridMesh.Silo.Verify;

/// <summary>Each checkpoint of a round is done or missed once.</summary>
internal sealed class CheckpointRecount(DifferenceList differences)
{
    private readonly HashSet<(string Stream, PatrolSlot Slot)> _decided = [];

    /// <summary>Checkpoints of rounds that are done or missed.</summary>
    public int Decided => _decided.Count;

    public void Take(string stream, IFact fact)
    {
        PatrolSlot? slot = fact switch
        {
            CheckpointDone done => done.Slot,
            CheckpointMissed missed => missed.Slot,
            _ => null,
        };
        if (slot is { } decided && !_decided.Add((stream, decided)))
            differences.Add($"{stream}: {decided} is decided twice");
    }
}
