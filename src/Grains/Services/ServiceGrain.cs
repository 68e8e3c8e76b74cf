using GridMesh.Contracts.Services;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Facts;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GridMesh.Grains.Services;

/// <summary>
/// The services of one grid. It wakes for who asks and goes again: nothing in it waits for a time.
/// </summary>
internal sealed class ServiceGrain(
    [PersistentState("service", "state")] IPersistentState<ServiceSnapshot> snapshot, IJournal journal,
    DirectoryRules rules, TimeProvider time, ILogger<ServiceGrain> log)
    : FoldGrain<ServiceFact, ServiceSnapshot, ServiceFold>(snapshot, journal, log), IServiceGrain
{
    protected override GrainKind Kind => GrainKinds.Service;

    public async Task<ServiceOutcome> ExecuteAsync(ServiceCommand command)
    {
        var decider = new ServiceDecider(Area, rules.View, rules.Calendar);
        var ending = await ExecuteAsync(command, () => decider.Decide(Fold, command, NowBy(time)));
        if (ending.Reject is { } reject)
            return new ServiceOutcome(reject, null);

        if (command is EraseService)
        {
            // What is kept of whoever asked goes now, not at the next occasion.
            await Kept.KeepAsync();
        }

        await Kept.KeepIfDueAsync();
        return new ServiceOutcome(null, Fold.Find(command.Service));
    }

    public async Task<ServiceView?> FindAsync(string service)
    {
        await ReadAsync();
        return Fold.Find(service);
    }

    public async Task<ServiceBoard> GetBoardAsync()
    {
        await ReadAsync();
        return Fold.BoardAt(time.GetUtcNow());
    }

    public async Task<ImmutableArray<ServiceView>> GetServicesAsync(ServiceState? state)
    {
        await ReadAsync();
        return [.. Fold.Of(state)];
    }

    protected override ServiceFold Open(ServiceSnapshot snapshot) => new(snapshot);
}
