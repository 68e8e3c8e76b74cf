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
    [PersistentState("service", "state")] IPersistentState<ServiceMemory> memory, IJournal journal,
    DirectoryRules rules, TimeProvider time, ILogger<ServiceGrain> log)
    : FoldGrain<ServiceFact, ServiceMemory, ServiceBook>(memory, journal, log), IServiceGrain
{
    protected override GrainKind Kind => GrainKinds.Service;

    public async Task<ServiceOutcome> ExecuteAsync(ServiceCommand command)
    {
        var decider = new ServiceDecider(Grid, rules.View, rules.Calendar);
        var ending = await ExecuteAsync(command, () => decider.Decide(Book, command, time.GetUtcNow()));
        if (ending.Reject is { } reject)
        {
            return new ServiceOutcome(reject, null);
        }

        await Kept.KeepIfDueAsync();
        return new ServiceOutcome(null, Book.Find(command.Service));
    }

    public async Task<ServiceView?> FindAsync(string service)
    {
        await ReadAsync();
        return Book.Find(service);
    }

    public async Task<ServiceBoard> GetBoardAsync()
    {
        await ReadAsync();
        return Book.BoardAt(time.GetUtcNow());
    }

    public async Task<ImmutableArray<ServiceView>> GetServicesAsync(ServiceState? state)
    {
        await ReadAsync();
        return [.. Book.Of(state)];
    }

    protected override ServiceBook Open(ServiceMemory memory) => new(memory);
}
