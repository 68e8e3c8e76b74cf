using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Storage;
using GridMesh.Grains;
using GridMesh.Grains.Areas;
using GridMesh.Grains.Grids;
using GridMesh.Grains.Incidents;

namespace GridMesh.Silo.Verify;

/// <summary>
/// Counts a district anew from nothing but the journal and compares: the case list row by row, each grid's open-case
/// index, and the sums of the tiers (rule RU5).
/// </summary>
internal sealed class Recount(IJournal journal, ICaseIndex index, TimeProvider time)
{
    /// <summary>Most differences that are told one by one.</summary>
    public const int DifferencesMax = 100;

    private readonly Dictionary<string, IncidentState> _cases = [];
    private readonly Dictionary<string, long> _versions = [];
    private readonly HashSet<(string Stream, PatrolSlot Slot)> _decided = [];
    private readonly List<string> _differences = [];

    public long Facts { get; private set; }

    public int Cases => _cases.Count;

    /// <summary>Open cases after the recount.</summary>
    public int Open => _cases.Values.Count(state => state.Step.IsOpen());

    /// <summary>Differences found; empty means that everything agrees.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(DirectoryView directory)
    {
        await foreach (var record in journal.ReadAllAsync())
        {
            Fold(record);
        }

        await CompareRowsAsync();
        await CompareTiersAsync(directory);
        return _differences;
    }

    private void Fold(JournalRecord record)
    {
        Facts++;
        if (!CaseNumber.TryParse(record.Stream, out var number, out _))
        {
            FoldOther(record);
            return;
        }

        var state = _cases.GetValueOrDefault(record.Stream);
        if (record.Version != (state?.Version ?? 0) + 1)
        {
            Differ($"{record.Stream}: fact {record.Version} follows {state?.Version ?? 0}");
            return;
        }

        _cases[record.Stream] = IncidentState.Fold(state, number, IncidentHistory.Decode(record));
    }

    /// <summary>
    /// Facts of workers, patrols and watches follow each other, and each checkpoint of a round is done or missed once.
    /// </summary>
    private void FoldOther(JournalRecord record)
    {
        var version = _versions.GetValueOrDefault(record.Stream);
        if (record.Version != version + 1)
        {
            Differ($"{record.Stream}: fact {record.Version} follows {version}");
        }

        _versions[record.Stream] = record.Version;
        if (GrainKinds.OfStream(record.Stream) != GrainKinds.Patrol)
        {
            return;
        }

        PatrolSlot? slot = FactJson.Decode<PatrolFact>(record) switch
        {
            CheckpointDone done => done.Slot,
            CheckpointMissed missed => missed.Slot,
            _ => null,
        };
        if (slot is { } decided && !_decided.Add((record.Stream, decided)))
        {
            Differ($"{record.Stream}: {decided} is decided twice");
        }
    }

    private async Task CompareRowsAsync()
    {
        var rows = 0;
        await foreach (var row in index.ReadAllCasesAsync())
        {
            rows++;
            if (!_cases.TryGetValue(row.Number.Value, out var state))
            {
                Differ($"{row.Number}: in the case list, not in the journal");
            }
            else if (state.ToRow() is var counted && counted != row)
            {
                Differ(
                    $"{row.Number}: the case list says {row.Step} v{row.Version},"
                    + $" the journal {counted.Step} v{counted.Version}");
            }
        }

        if (rows != _cases.Count)
        {
            Differ($"the case list has {rows} cases, the journal {_cases.Count}");
        }
    }

    /// <summary>
    /// Grids from the index, as live ones are built, rolled up as live areas do; against plain sums of the recount.
    /// </summary>
    private async Task CompareTiersAsync(DirectoryView directory)
    {
        var day = ChinaTime.DayNumber(time.GetUtcNow());
        var byGrid = _cases.Values.ToLookup(state => state.Number.Grid);
        var rollups = new Dictionary<AreaCode, AreaRollup>();
        var counted = new Dictionary<AreaCode, int[]>();
        foreach (var grid in directory.Data.Areas.Where(area => area.Code.Tier == Tier.Grid).Select(area => area.Code))
        {
            var live = new CaseBook(day);
            foreach (var row in await index.ReadGridAsync(grid, day))
            {
                live.Apply(row);
            }

            var book = new CaseBook(day);
            foreach (var state in byGrid[grid])
            {
                book.Apply(state.ToRow());
            }

            if (!live.Counts.SequenceEqual(book.Counts))
            {
                Differ($"{grid}: the open-case index differs from the journal");
            }

            Climb(grid, new AreaSummary([.. live.Counts]), book.Counts.ToArray(), rollups, counted);
        }

        foreach (var (code, rollup) in rollups.Where(entry =>
            !entry.Value.Sum.Counts.AsSpan().SequenceEqual(counted[entry.Key])))
        {
            var open = new AreaSummary([.. counted[code]]).Open;
            Differ($"{code}: the roll-up says {rollup.Sum.Open} open, the recount {open}");
        }
    }

    private static void Climb(
        AreaCode grid, AreaSummary summary, int[] counts, Dictionary<AreaCode, AreaRollup> rollups,
        Dictionary<AreaCode, int[]> counted)
    {
        var (child, version) = (grid, 1L);
        for (var up = grid.Parent; up is { } code; up = code.Parent, version++)
        {
            var rollup = rollups.TryGetValue(code, out var held) ? held : rollups[code] = new AreaRollup();
            rollup.Take(new ChildReport(child, new SummaryVersion(1, version), summary, null));
            summary = rollup.Sum;
            child = code;
            var sum = counted.TryGetValue(code, out var known) ? known : counted[code] = new int[AreaSummary.Width];
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += counts[i];
            }
        }
    }

    private void Differ(string difference)
    {
        if (_differences.Count < DifferencesMax)
        {
            _differences.Add(difference);
        }
    }
}
