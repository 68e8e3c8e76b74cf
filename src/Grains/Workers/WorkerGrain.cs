using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Grains.Directory;
using GridMesh.Grains.Facts;

namespace GridMesh.Grains.Workers;

/// <summary>
/// One worker: shifts go to the journal, and their last one is the duty row beside it, which is all that is read on
/// waking. Where the worker is, its grid knows, and before that the track.
/// </summary>
internal sealed class WorkerGrain(
    IJournal journal, ICaseIndex index, ITrackStore tracks, DirectoryRules rules, TimeProvider time)
    : EventSourced<WorkerFact>(journal), IWorkerGrain
{
    private readonly WorkerState _state = new();

    protected override GrainKind Kind => GrainKinds.Worker;

    protected override AreaCode District => Entry!.Grid.District;

    protected override long Version => _state.DutyVersion;

    private string Id => this.GetPrimaryKeyString();

    private WorkerEntry? Entry => rules.View.Workers.GetValueOrDefault(Id);

    protected override Task WakeAsync(CancellationToken cancellation) => ReadAsync(cancellation);

    public async Task<WorkerOutcome> SetDutyAsync(Guid commandId, Actor by, bool onDuty)
    {
        if (Entry is not { } entry)
            return new WorkerOutcome(RejectCode.WorkerIsUnknown, null);

        var ending = await ExecuteAsync(new SetDuty(commandId, by, onDuty), () => Decide(by, onDuty));
        if (ending.Reject is { } reject)
            return new WorkerOutcome(reject, null);

        // Also where it is so already: it is asked for again where the answer was lost, and with it perhaps this.
        var dot = _state.Row is { } row ? await GridOf(entry).DutyChangedAsync(row) : null;
        return new WorkerOutcome(null, await ViewAsync(entry, dot));
    }

    public async Task<WorkerView?> GetAsync() =>
        Entry is { } entry ? await ViewAsync(entry, await GridOf(entry).GetWorkerAsync(Id)) : null;

    protected override async Task LoadAsync(CancellationToken cancellation)
    {
        if (await index.FindDutyAsync(Id, cancellation) is { } row)
            _state.Apply(row);
    }

    protected override void Take(JournalRecord record, WorkerFact fact) => _state.Apply(RowOf(record.Version, fact));

    protected override void Take(JournalAppend written, ImmutableArray<WorkerFact> facts) =>
        _state.Apply(written.Duty!);

    protected override JournalAppend With(JournalAppend append, ImmutableArray<WorkerFact> facts) =>
        append with { Duty = RowOf(append.ExpectedVersion + 1, facts[0]) };

    private Decided<WorkerFact> Decide(Actor by, bool onDuty) =>
        _state.OnDuty == onDuty ? (null, null)
        : onDuty ? (null, new ShiftStarted(NowBy(time), by.Id))
        : (null, new ShiftEnded(NowBy(time), by.Id));

    private DutyRow RowOf(long version, WorkerFact fact) =>
        new(Id, Entry!.Grid, fact is ShiftStarted, fact.At, version);

    private IGridGrain GridOf(WorkerEntry entry) => GrainFactory.GetGrain<IGridGrain>(entry.Grid.Value);

    /// <summary>What the grid has not heard since it woke, the track still has.</summary>
    private async Task<WorkerView> ViewAsync(WorkerEntry entry, WorkerDot? dot)
    {
        var view = new WorkerView(entry.Id, entry.Grid, _state.OnDuty, _state.Since, null, null);
        return dot is { Lng: { } lng, Lat: { } lat } ? view with { Position = new GeoPoint(lng, lat), SeenAt = dot.At }
            : await tracks.FindLastAsync(Id) is { } last ? view with { Position = last.Point, SeenAt = last.At }
            : view;
    }

    /// <summary>What the worker, or its leader, asked for.</summary>
    private sealed record SetDuty(Guid CommandId, Actor By, bool OnDuty) : ICommand;
}
