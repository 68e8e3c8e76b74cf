using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Visits;
using GridMesh.Grains.Facts;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GridMesh.Grains.Visits;

/// <summary>The visits of one grid. It wakes for who asks and goes again: nothing in it waits for a time.</summary>
internal sealed class VisitGrain(
    [PersistentState("visit", "state")] IPersistentState<VisitSnapshot> snapshot, IJournal journal, TimeProvider time,
    ILogger<VisitGrain> log)
    : FoldGrain<VisitFact, VisitSnapshot, VisitFold>(snapshot, journal, log), IVisitGrain
{
    protected override GrainKind Kind => GrainKinds.Visit;

    public async Task<VisitOutcome> ExecuteAsync(VisitCommand command)
    {
        var ending = await ExecuteAsync(command, () => VisitDecider.Decide(Fold, Area, command, NowBy(time)));
        if (ending.Reject is { } reject)
            return new VisitOutcome(reject, null);

        if (command is EndLink)
        {
            // What is kept of the household goes now, not at the next occasion.
            await Kept.KeepAsync();
        }

        await Kept.KeepIfDueAsync();
        var link = command switch
        {
            LinkHousehold linked => linked.Link.Id,
            RecordVisit visited => visited.Link,
            _ => string.Empty,
        };
        return new VisitOutcome(
            null, Fold.Find(link) is { } life ? Fold.ViewOf(life, time.GetUtcNow()) : null);
    }

    public async Task<ImmutableArray<VisitView>> GetVisitsAsync()
    {
        await ReadAsync();
        return [.. Fold.Views(time.GetUtcNow())];
    }

    protected override VisitFold Open(VisitSnapshot snapshot) => new(snapshot);
}
