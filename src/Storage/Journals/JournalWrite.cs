using GridMesh.Contracts.Storage;
using GridMesh.Storage.Commits;

namespace GridMesh.Storage.Journals;

/// <summary>An append that waits for its group.</summary>
internal sealed class JournalWrite(JournalAppend append) : Write<AppendOutcome>
{
    public JournalAppend Append => append;

    public override int Weight => append.Facts.Count;
}
