using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Journals;

/// <summary>A fact with its place in stream and hash chain, ready to be inserted.</summary>
/// <param name="Part">0 for the first fact of the command.</param>
/// <param name="Link">Number of the fact in the chain of its district and writer, from 1.</param>
internal readonly record struct FactRow(
    JournalAppend Append, NewFact Fact, int Part, long Version, long Link, byte[] Hash)
{
    /// <summary>Stands on the first fact of the command, where its id is unique.</summary>
    public long? Digest => Part == 0 ? Append.Digest : null;
}

/// <summary>A fact as it was read, with the columns that only the chain needs.</summary>
internal readonly record struct StoredFact(JournalRecord Record, int Writer, long Link);
