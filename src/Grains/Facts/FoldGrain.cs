using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GridMesh.Grains.Facts;

/// <summary>
/// A grain that keeps one fold of a grid: what its facts amount to, with a snapshot that is kept now and then, so
/// that waking reads a bounded number of facts.
/// </summary>
/// <typeparam name="TFact">The family of the facts.</typeparam>
/// <typeparam name="TSnapshot">What is kept of the fold.</typeparam>
/// <typeparam name="TFold">The fold.</typeparam>
internal abstract class FoldGrain<TFact, TSnapshot, TFold>(
    IPersistentState<TSnapshot> snapshot, IJournal journal, ILogger log) : EventSourced<TFact>(journal)
    where TFact : class, IFact
    where TSnapshot : IFoldSnapshot, new()
    where TFold : FactFold<TFact, TSnapshot>
{
    protected AreaCode Area { get; private set; }

    protected TFold Fold { get; private set; } = null!;

    protected KeptFold<TFact, TSnapshot> Kept { get; private set; } = null!;

    protected sealed override AreaCode District => Area.District;

    protected sealed override long Version => Fold.Version;

    protected override Task WakeAsync(CancellationToken cancellation)
    {
        Area = AreaCode.Parse(this.GetPrimaryKeyString());
        Fold = Open(snapshot.State);
        Kept = new KeptFold<TFact, TSnapshot>(Fold, snapshot, Stream, DeactivateOnIdle, log);
        return ReadAsync(cancellation);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Kept.KeepIfBehindAsync();

    protected abstract TFold Open(TSnapshot snapshot);

    protected sealed override void Take(JournalRecord record, TFact fact) => Fold.Apply(record.Version, fact);

    protected sealed override void Take(JournalAppend written, ImmutableArray<TFact> facts)
    {
        foreach (var fact in facts)
            Fold.Apply(Version + 1, fact);
    }
}
