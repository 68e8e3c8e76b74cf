using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Grains;

namespace GridMesh.Silo.Verify;

/// <summary>
/// Counts a district anew from nothing but the journal and compares: the case list and the duty list row by row, the
/// snapshots of the grains beside each grid, and the sums of the tiers (rules RU5, RU11).
/// </summary>
internal sealed class Recount
{
    private readonly IAsyncEnumerable<JournalRecord> _facts;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, long> _versions = [];
    private readonly DifferenceList _differences = new();
    private readonly CaseRecount _cases;
    private readonly DutyRecount _duty;
    private readonly CheckpointRecount _checkpoints;
    private readonly FoldRecount _folds;
    private readonly TierRecount _tiers;

    /// <param name="facts">The whole journal, in the order of its sequence.</param>
    public Recount(IAsyncEnumerable<JournalRecord> facts, ICaseIndex index, IStateTable states, TimeProvider time)
    {
        (_facts, _time) = (facts, time);
        _cases = new CaseRecount(index, _differences);
        _duty = new DutyRecount(index, _differences);
        _checkpoints = new CheckpointRecount(_differences);
        _folds = new FoldRecount(states, _checkpoints, _differences);
        _tiers = new TierRecount(index, _cases, _duty, _folds, _differences);
    }

    public long Facts { get; private set; }

    public int Cases => _cases.Count;

    /// <summary>Open cases after the recount.</summary>
    public int Open => _cases.Open;

    /// <summary>Workers whose shifts were compared.</summary>
    public int Workers => _duty.Workers;

    /// <summary>Checkpoints of rounds that are done or missed.</summary>
    public int Checkpoints => _checkpoints.Decided;

    /// <summary>Watches over households.</summary>
    public int Watches => _folds.Watches;

    /// <summary>Snapshots of patrols, watches, visits and services that were compared.</summary>
    public int Snapshots => _folds.Snapshots;

    /// <summary>Differences found; empty means that everything agrees.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(DirectoryView directory)
    {
        await foreach (var record in _facts)
        {
            Facts++;
            await FoldAsync(record);
        }

        var now = _time.GetUtcNow();
        await _cases.CompareAsync();
        await _duty.CompareAsync(directory);
        await _folds.CompareAsync(directory, now);
        await _tiers.CompareAsync(directory, now);
        return _differences.Told;
    }

    /// <summary>Who recounts the facts of a kind; null where nobody does.</summary>
    internal IKindRecount? Of(GrainKind kind) =>
        kind == GrainKinds.Incident ? _cases
        : kind == GrainKinds.Worker ? _duty
        : kind.Fold is not null ? _folds
        : null;

    private async ValueTask FoldAsync(JournalRecord record)
    {
        var kind = GrainKinds.OfStream(record.Stream);
        if (kind != GrainKinds.Incident)
            Follow(record);

        if (kind is not null && Of(kind) is { } recount)
            await recount.TakeAsync(kind, record);
    }

    /// <summary>Facts of a stream follow each other; those of a case are looked at where it is folded.</summary>
    private void Follow(JournalRecord record)
    {
        var version = _versions.GetValueOrDefault(record.Stream);
        if (record.Version != version + 1)
            _differences.Add($"{record.Stream}: fact {record.Version} follows {version}");

        _versions[record.Stream] = record.Version;
    }
}
