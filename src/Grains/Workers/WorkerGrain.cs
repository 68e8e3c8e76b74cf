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

/// <summary>One worker: shifts go to the journal. Where it is, its grid knows, and before that the track.</summary>
internal sealed class WorkerGrain(
    IJournal journal, ICaseIndex index, ITrackStore tracks, DirectoryRules rules, TimeProvider time)
    : Grain, IWorkerGrain
{
    private readonly WorkerState _state = new();

    private string Id => this.GetPrimaryKeyString();

    private WorkerEntry? Entry => rules.View.Workers.GetValueOrDefault(Id);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => LoadDutyAsync(cancellationToken);

    public async Task<WorkerOutcome> SetDutyAsync(Guid commandId, Actor by, bool onDuty)
    {
        if (Entry is not { } entry)
        {
            return new WorkerOutcome(RejectCode.WorkerIsUnknown, null);
        }

        if (_state.OnDuty == onDuty)
        {
            if (_state.Since is { } since)
            {
                // It is asked for again where the answer was lost, and with it perhaps what the grid was told.
                await GrainFactory.GetGrain<IGridGrain>(entry.Grid.Value)
                    .DutyChangedAsync(new DutyRow(Id, entry.Grid, onDuty, since, _state.DutyVersion));
            }

            return new WorkerOutcome(null, await ViewAsync(entry));
        }

        var now = time.GetUtcNow();
        WorkerFact fact = onDuty ? new ShiftStarted(now, by.Id) : new ShiftEnded(now, by.Id);
        var row = new DutyRow(Id, entry.Grid, onDuty, now, _state.DutyVersion + 1);
        var outcome = await journal.AppendAsync(new JournalAppend(
            GrainKinds.Worker.StreamOf(Id), _state.DutyVersion, commandId, entry.Grid.District,
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
            : new WorkerOutcome(null, await ViewAsync(entry));
    }

    public async Task<WorkerView?> GetAsync() => Entry is { } entry ? await ViewAsync(entry) : null;

    /// <summary>What the grid has not heard since it woke, the track still has.</summary>
    private async Task<WorkerView> ViewAsync(WorkerEntry entry)
    {
        var dot = await GrainFactory.GetGrain<IGridGrain>(entry.Grid.Value).GetWorkerAsync(Id);
        var (place, at) = dot is { Lng: { } lng, Lat: { } lat }
            ? (new GeoPoint(lng, lat), dot.At)
            : await tracks.FindLastAsync(Id) is { } last ? (last.Point, last.At) : ((GeoPoint?)null, default(DateTimeOffset?));
        return new WorkerView(entry.Id, entry.Grid, _state.OnDuty, _state.Since, place, at);
    }

    private async Task<DutyRow?> LoadDutyAsync(CancellationToken cancellation)
    {
        var row = await index.FindDutyAsync(Id, cancellation);
        if (row is not null)
        {
            _state.Apply(row);
        }

        return row;
    }
}
