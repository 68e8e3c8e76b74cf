using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Journals;

/// <summary>
/// Writes a group of appends. The usual group is judged from memory and written at once; only when something does not
/// fit, or the database's unique constraints object, is the database asked, and the group judged again.
/// </summary>
internal sealed class JournalWriter(int streamCacheMax, Action<IReadOnlyList<KpiEntry>> count)
{
    /// <summary>Each attempt after the first knows what is in the database; more are needed only when another process
    /// writes the same streams in between.</summary>
    private const int AttemptsMax = 8;

    private readonly HeadCache _cache = new(streamCacheMax);
    private readonly Dictionary<string, ChainHead> _chains = [];
    private readonly ChainHasher _hasher = new();
    private JournalPlan? _plan;
    private JournalBatch? _batch;

    /// <summary>Forgets everything; for a new connection.</summary>
    public void Start(IJournalSession session)
    {
        _cache.Clear();
        _chains.Clear();
        foreach (var (district, head) in session.ChainHeads)
            _chains[district] = head;
    }

    /// <summary>Sets the result of each append and writes the accepted ones; the caller commits.</summary>
    public void Write(IReadOnlyList<JournalWrite> group, IJournalSession session)
    {
        var commands = new Dictionary<Guid, CommandPlace>();
        Learn([.. group.Where(IsUnknown)], session);
        var isChecked = false;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var plan = JournalPlan.Make(group, KnownVersion, commands);
            if (plan.Conflicts.Count > 0 && !isChecked)
            {
                Check(plan.Conflicts, session, commands);
                isChecked = true;
                continue;
            }

            var batch = Batch(plan);
            if (batch.Facts.Count == 0 || session.TryWrite(batch))
            {
                _plan = plan;
                _batch = batch;
                return;
            }

            Check(group, session, commands);
        }

        throw new StorageUnavailableException("Another process keeps writing the same streams.");
    }

    /// <summary>Takes over what <see cref="Write"/> has written, once it is committed.</summary>
    public void Committed()
    {
        foreach (var write in _plan!.Accepted)
        {
            if (write.Append.Kpis is { } entries)
                count(entries);
        }

        foreach (var (stream, version) in _plan.Versions)
            _cache.Set(stream, version);
        foreach (var (district, head) in _batch!.Heads)
            _chains[district] = head;
        (_plan, _batch) = (null, null);
    }

    private bool IsUnknown(JournalWrite write) =>
        write.Append.ExpectedVersion > 0 && !_cache.TryGet(write.Append.Stream, out _);

    // A stream that nobody has heard of is taken for new; if it is not, (stream, version) is not unique.
    private long KnownVersion(string stream) => _cache.TryGet(stream, out var version) ? version : 0;

    private void Check(
        IReadOnlyList<JournalWrite> writes, IJournalSession session, Dictionary<Guid, CommandPlace> commands)
    {
        Learn(writes, session);
        foreach (var (command, place) in session.FindCommands([.. writes.Select(w => w.Append.CommandId).Distinct()]))
            commands[command] = place;
    }

    private void Learn(IReadOnlyList<JournalWrite> writes, IJournalSession session)
    {
        if (writes.Count == 0)
            return;
        foreach (var (stream, version) in session.ReadVersions([.. writes.Select(w => w.Append.Stream).Distinct()]))
            _cache.Set(stream, version);
    }

    private JournalBatch Batch(JournalPlan plan)
    {
        var batch = new JournalBatch();
        foreach (var write in plan.Accepted)
        {
            var district = write.Append.District.Value;
            if (!batch.Heads.TryGetValue(district, out var head) && !_chains.TryGetValue(district, out head))
                head = ChainHead.Empty;
            batch.Add(write.Sealed, _hasher, head);
        }

        return batch;
    }
}
