using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Grains.Directory;
using Orleans.Runtime;

namespace GridMesh.Grains.Workers;

/// <summary>What a worker keeps over a restart besides the duty row: where it was last seen.</summary>
[GenerateSerializer, Alias("WorkerMemory")]
public sealed record WorkerMemory
{
    [Id(0)] public GeoPoint? Position { get; init; }

    [Id(1)] public DateTimeOffset? SeenAt { get; init; }
}

/// <summary>One worker: shifts go to the journal, positions into live state and on to the worker's own grid.</summary>
internal sealed class WorkerGrain(
    [PersistentState("worker", "state")] IPersistentState<WorkerMemory> memory,
    IJournal journal,
    ICaseIndex index,
    DirectoryRules rules,
    TimeProvider time) : Grain, IWorkerGrain
{
    private WorkerState _state = null!;
    private DateTimeOffset? _writtenAt;

    private string Id => this.GetPrimaryKeyString();

    private WorkerEntry? Entry => rules.View.Workers.GetValueOrDefault(Id);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state = new WorkerState(memory.State.Position, memory.State.SeenAt);
        _writtenAt = memory.State.SeenAt;
        await LoadDutyAsync(cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        RememberAsync(TimeSpan.Zero);

    public async Task<WorkerOutcome> SetDutyAsync(Guid commandId, Actor by, bool onDuty)
    {
        if (Entry is not { } entry)
        {
            return new WorkerOutcome(RejectCode.WorkerIsUnknown, null);
        }

        if (_state.OnDuty == onDuty)
        {
            return new WorkerOutcome(null, _state.ToView(entry));
        }

        var now = time.GetUtcNow();
        WorkerFact fact = onDuty ? new ShiftStarted(now, by.Id) : new ShiftEnded(now, by.Id);
        var row = new DutyRow(Id, entry.Grid, onDuty, now, _state.DutyVersion + 1);
        var outcome = await journal.AppendAsync(new JournalAppend(
            $"worker:{Id}", _state.DutyVersion, commandId, entry.Grid.District,
            [FactJson.ToNew(fact)],
            Duty: row));
        if (outcome.Result == AppendResult.Appended)
        {
            _state.Apply(row);
        }
        else
        {
            if (outcome.Result == AppendResult.VersionConflict)
            {
                // Another activation of this worker has written: it is the one in force, and this one goes.
                DeactivateOnIdle();
            }

            row = await LoadDutyAsync(CancellationToken.None) ?? row;
        }

        await GrainFactory.GetGrain<IGridGrain>(entry.Grid.Value).DutyChangedAsync(row);
        return outcome.Result == AppendResult.VersionConflict && _state.OnDuty != onDuty
            ? throw new StorageUnavailableException($"worker {Id}: the shift changed at the same moment")
            : new WorkerOutcome(null, _state.ToView(entry));
    }

    public async Task<RejectCode?> MoveAsync(PositionReport position)
    {
        if (Entry is not { } entry)
        {
            return RejectCode.WorkerIsUnknown;
        }

        var (reject, isNew) = _state.Move(position, time.GetUtcNow());
        if (isNew)
        {
            _ = GrainFactory.GetGrain<IGridGrain>(entry.Grid.Value).WorkerMovedAsync(new WorkerDot(
                Id, position.Point.Lng, position.Point.Lat, WorkerStatus.OnDuty, position.At));
            await RememberAsync(WorkerState.RememberEvery);
        }

        return reject;
    }

    public Task<WorkerView?> GetAsync() => Task.FromResult(Entry is { } entry ? _state.ToView(entry) : null);

    private async Task<DutyRow?> LoadDutyAsync(CancellationToken cancellation)
    {
        var row = await index.FindDutyAsync(Id, cancellation);
        if (row is not null)
        {
            _state.Apply(row);
        }

        return row;
    }

    /// <summary>
    /// A position lost with the memory is measured again in seconds, so it is written now and then only.
    /// </summary>
    private async Task RememberAsync(TimeSpan every)
    {
        if (_state.SeenAt is not { } seen || (_writtenAt is { } written && seen - written < every)
            || seen == _writtenAt)
        {
            return;
        }

        _writtenAt = seen;
        memory.State = new WorkerMemory { Position = _state.Position, SeenAt = seen };
        await memory.WriteStateAsync();
    }
}
