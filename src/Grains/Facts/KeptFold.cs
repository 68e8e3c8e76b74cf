using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Live;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridMesh.Grains.Facts;

/// <summary>
/// Keeps a fold in the state of its grain now and then. It is a shortcut and no more: whatever becomes of it, the
/// journal has the facts.
/// </summary>
/// <param name="stream">Whose fold it is, for the log.</param>
/// <param name="overtaken">Another activation has kept it: it is the one in force, and this one should go.</param>
internal sealed class KeptFold<TFact, TSnapshot>(
    FactFold<TFact, TSnapshot> fold, IPersistentState<TSnapshot> snapshot, string stream, Action overtaken, ILogger log)
    where TFact : class, IFact
    where TSnapshot : IFoldSnapshot, new()
{
    /// <summary>Facts after which the fold is kept: waking reads no more than these.</summary>
    private const int FactsUntilKept = 256;

    /// <summary>Facts that are not in what is kept.</summary>
    private long Behind => fold.Version - snapshot.State.Version;

    /// <summary>For one that goes: what is kept is all that there is.</summary>
    public Task KeepIfBehindAsync() => Behind > 0 ? KeepAsync() : Task.CompletedTask;

    public Task KeepIfDueAsync() => Behind >= FactsUntilKept ? KeepAsync() : Task.CompletedTask;

    public async Task KeepAsync()
    {
        try
        {
            snapshot.State = fold.ToSnapshot();
            await snapshot.WriteStateAsync();
        }
        catch (Exception e) when (e is StorageUnavailableException or InconsistentStateException)
        {
            // Only a shortcut is lost: the next activation reads more of the journal.
            log.LogWarning(
                Faults.Unexpected(e), "The fold of {Stream} was not kept: {Reason}", stream, e.Message);
            snapshot.State = new TSnapshot();
            if (e is InconsistentStateException)
                overtaken();
        }
    }
}
