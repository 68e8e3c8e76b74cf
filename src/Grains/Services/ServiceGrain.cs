using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Services;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Journals;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GridMesh.Grains.Services;

/// <summary>
/// The services of one grid. It wakes for who asks and goes again: nothing in it waits for a time.
/// </summary>
internal sealed class ServiceGrain(
    [PersistentState("service", "state")] IPersistentState<ServiceMemory> memory, IJournal journal,
    DirectoryRules rules, TimeProvider time, ILogger<ServiceGrain> log)
    : Grain, IServiceGrain
{
    private ServiceBook _book = null!;
    private FactLog<ServiceFact, ServiceMemory> _facts = null!;
    private AreaCode _grid;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _grid = AreaCode.Parse(this.GetPrimaryKeyString());
        _book = new ServiceBook(memory.State);
        _facts = new FactLog<ServiceFact, ServiceMemory>(
            _book, memory, journal, GrainKinds.Service.StreamOf(_grid.Value), _grid.District, DeactivateOnIdle, log);
        return _facts.ReadAsync(cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _facts.Kept.KeepIfBehindAsync();

    public async Task<ServiceOutcome> ExecuteAsync(ServiceCommand command)
    {
        var decider = new ServiceDecider(_grid, rules.View, rules.Calendar);
        var reject = await _facts.ExecuteAsync(
            command.CommandId, () => decider.Decide(_book, command, time.GetUtcNow()));
        if (reject is not null)
        {
            return new ServiceOutcome(reject, null);
        }

        await _facts.Kept.KeepIfDueAsync();
        return new ServiceOutcome(null, _book.Find(command.Service));
    }

    public async Task<ServiceView?> FindAsync(string service)
    {
        await _facts.ReadAsync();
        return _book.Find(service);
    }

    public async Task<ServiceBoard> GetBoardAsync()
    {
        await _facts.ReadAsync();
        return _book.BoardAt(time.GetUtcNow());
    }

    public async Task<ImmutableArray<ServiceView>> GetServicesAsync(ServiceState? state)
    {
        await _facts.ReadAsync();
        return [.. _book.Of(state)];
    }
}
