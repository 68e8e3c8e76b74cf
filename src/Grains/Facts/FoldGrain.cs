using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GridMesh.Grains.Facts;

/// <summary>
/// A grain that keeps one book of a grid: what its facts amount to, with a fold of them that is kept now and then, so
/// that waking reads a bounded number of facts.
/// </summary>
/// <typeparam name="TFact">The family of the facts.</typeparam>
/// <typeparam name="TMemory">What is kept of the book.</typeparam>
/// <typeparam name="TBook">The book.</typeparam>
internal abstract class FoldGrain<TFact, TMemory, TBook>(
    IPersistentState<TMemory> memory, IJournal journal, ILogger log) : EventSourced<TFact>(journal)
    where TFact : class, IFact
    where TMemory : IFoldMemory, new()
    where TBook : FactFold<TFact, TMemory>
{
    protected AreaCode Grid { get; private set; }

    protected TBook Book { get; private set; } = null!;

    protected KeptFold<TFact, TMemory> Kept { get; private set; } = null!;

    protected sealed override AreaCode District => Grid.District;

    protected sealed override long Version => Book.Version;

    protected override Task WakeAsync(CancellationToken cancellation)
    {
        Grid = AreaCode.Parse(this.GetPrimaryKeyString());
        Book = Open(memory.State);
        Kept = new KeptFold<TFact, TMemory>(Book, memory, Stream, DeactivateOnIdle, log);
        return ReadAsync(cancellation);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Kept.KeepIfBehindAsync();

    protected abstract TBook Open(TMemory memory);

    protected sealed override void Take(JournalRecord record, TFact fact) => Book.Apply(record.Version, fact);

    protected sealed override void Take(JournalAppend written, ImmutableArray<TFact> facts)
    {
        foreach (var fact in facts)
        {
            Book.Apply(Version + 1, fact);
        }
    }
}
