using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Visits;
using GridMesh.Grains.Journals;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GridMesh.Grains.Visits;

/// <summary>The visits of one grid. It wakes for who asks and goes again: nothing in it waits for a time.</summary>
internal sealed class VisitGrain(
    [PersistentState("visit", "state")] IPersistentState<VisitMemory> memory, IJournal journal, TimeProvider time,
    ILogger<VisitGrain> log)
    : Grain, IVisitGrain
{
    private VisitBook _book = null!;
    private FactLog<VisitFact, VisitMemory> _facts = null!;
    private AreaCode _grid;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _grid = AreaCode.Parse(this.GetPrimaryKeyString());
        _book = new VisitBook(memory.State);
        _facts = new FactLog<VisitFact, VisitMemory>(
            _book, memory, journal, GrainKinds.Visit.StreamOf(_grid.Value), _grid.District, DeactivateOnIdle, log);
        return _facts.ReadAsync(cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _facts.Kept.KeepIfBehindAsync();

    public async Task<VisitOutcome> ExecuteAsync(VisitCommand command)
    {
        var reject = await _facts.ExecuteAsync(
            command.CommandId, () => VisitDecider.Decide(_book, _grid, command, time.GetUtcNow()));
        if (reject is not null)
        {
            return new VisitOutcome(reject, null);
        }

        await _facts.Kept.KeepIfDueAsync();

        var link = command switch
        {
            LinkHousehold linked => linked.Link.Id,
            RecordVisit visited => visited.Link,
            _ => string.Empty,
        };
        return new VisitOutcome(
            null, _book.Find(link) is { } life ? _book.ViewOf(life, time.GetUtcNow()) : null);
    }

    public async Task<ImmutableArray<VisitView>> GetVisitsAsync()
    {
        await _facts.ReadAsync();
        return [.. _book.Views(time.GetUtcNow())];
    }
}
