using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Access;

namespace GridMesh.Gateway.Workers;

/// <param name="Left">Cases that still wait for the worker who has gone.</param>
internal sealed record ShiftOutcome(
    RejectCode? Reject, WorkerView? Worker, ImmutableArray<CaseNumber> Handed, ImmutableArray<CaseNumber> Left);

/// <summary>
/// The end of a shift: what waits for the worker goes to whom it is handed, case by case, and only then the shift ends.
/// Should the way break off between, the same command again completes it; no case is ever without its owner.
/// </summary>
internal sealed class ShiftService(IClusterClient client, IncidentService service)
{
    public async Task<ShiftOutcome> SetAsync(
        Guid commandId, Actor me, WorkerEntry worker, bool onDuty, string? handTo)
    {
        ImmutableArray<CaseNumber> handed = [];
        if (handTo is not null)
        {
            var (reject, given) = await HandOverAsync(commandId, me, worker, handTo);
            if (reject is not null)
                return new ShiftOutcome(reject, null, given, []);

            handed = given;
        }

        var outcome = await client.GetGrain<IWorkerGrain>(worker.Id).SetDutyAsync(commandId, me, onDuty);
        var left = onDuty || outcome.Reject is not null ? [] : await WaitingForAsync(worker);
        return new ShiftOutcome(outcome.Reject, outcome.Worker, handed, [.. left.Except(handed)]);
    }

    private async Task<(RejectCode? Reject, ImmutableArray<CaseNumber> Handed)> HandOverAsync(
        Guid commandId, Actor me, WorkerEntry worker, string to)
    {
        if (to == worker.Id || await client.GetGrain<IWorkerGrain>(to).GetAsync() is not { OnDuty: true })
            return (RejectCode.OnlyAnotherWorkerOnDutyTakesOver, []);

        var handed = ImmutableArray.CreateBuilder<CaseNumber>();
        foreach (var number in await WaitingForAsync(worker))
        {
            var outcome = await service.ExecuteAsync(number, new HandOverIncident(
                Commands.IdOf(me.Sub, $"hand over {commandId} {number}"), me, worker.Id, to));
            if (outcome.Reject is { } reject)
                return (reject, handed.ToImmutable());

            handed.Add(number);
        }

        return (null, handed.ToImmutable());
    }

    private Task<ImmutableArray<CaseNumber>> WaitingForAsync(WorkerEntry worker) =>
        client.GetGrain<IGridGrain>(worker.Grid.Value).GetWaitingForAsync(worker.Id);
}
