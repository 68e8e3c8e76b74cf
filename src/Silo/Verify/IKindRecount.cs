using GridMesh.Contracts.Storage;
using GridMesh.Grains;

namespace GridMesh.Silo.Verify;

/// <summary>Takes in the facts of a kind of grain, to compare what is stored beside the journal with them.</summary>
internal interface IKindRecount
{
    ValueTask TakeAsync(GrainKind kind, JournalRecord record);
}
