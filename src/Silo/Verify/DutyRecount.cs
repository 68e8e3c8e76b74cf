using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Grains;

namespace GridMesh.Silo.Verify;

/// <summary>
/// The last shift of each worker as the journal has it, against the duty list. In which grid it was is decided by the
/// directory of that moment and stands in the list alone: a worker who has changed grids since is no difference.
/// </summary>
internal sealed class DutyRecount(ICaseIndex index, DifferenceList differences) : IKindRecount
{
    /// <summary>With the district of the fact in place of the grid.</summary>
    private readonly Dictionary<string, DutyRow> _counted = [];

    private readonly Dictionary<string, DutyRow> _stored = [];

    /// <summary>Workers who ever went on duty.</summary>
    public int Workers => _counted.Count;

    public ValueTask TakeAsync(GrainKind kind, JournalRecord record)
    {
        var (worker, fact) = (kind.KeyOf(record.Stream), kind.Decode(record));
        _counted[worker] = new DutyRow(worker, record.District, fact is ShiftStarted, fact.At, record.Version);
        return default;
    }

    /// <summary>
    /// Reads what grids and workers read when they wake: the rows of each grid, and those of whoever is not among them.
    /// </summary>
    public async Task CompareAsync(DirectoryView directory)
    {
        foreach (var area in directory.Data.Areas.Where(area => area.Code.Tier == Tier.Grid))
        {
            foreach (var row in await index.ReadDutyAsync(area.Code))
                _stored[row.Worker] = row;
        }

        foreach (var worker in directory.Workers.Keys.Union(_counted.Keys).Order(StringComparer.Ordinal))
        {
            if (!_stored.ContainsKey(worker) && await index.FindDutyAsync(worker) is { } row)
                _stored[worker] = row;
        }

        foreach (var worker in _stored.Keys.Union(_counted.Keys).Order(StringComparer.Ordinal))
            Compare(worker, directory.Workers.GetValueOrDefault(worker));
    }

    /// <summary>The rows of the grid, as they are stored.</summary>
    public ILookup<AreaCode, DutyRow> StoredByGrid() => _stored.Values.ToLookup(row => row.Grid);

    /// <summary>
    /// The rows that the journal asks for: in the grid where they are stored or, where they are missing, in the one
    /// that the directory names.
    /// </summary>
    public ILookup<AreaCode, DutyRow> CountedByGrid(DirectoryView directory) => _counted.Values.ToLookup(row =>
        _stored.TryGetValue(row.Worker, out var stored) ? stored.Grid
        : directory.Workers.TryGetValue(row.Worker, out var entry) ? entry.Grid
        : row.Grid);

    private void Compare(string worker, WorkerEntry? entry)
    {
        var (stored, counted) = (_stored.GetValueOrDefault(worker), _counted.GetValueOrDefault(worker));
        if (stored is null)
        {
            // An import makes no rows of those whom its directory does not have.
            if (entry is not null)
                differences.Add($"worker {worker}: not in the duty list, the journal says {Says(counted!)}");
        }
        else if (counted is null || stored with { Grid = counted.Grid } != counted)
        {
            differences.Add(
                $"worker {worker}: the duty list says {Says(stored)},"
                + $" the journal {(counted is null ? "nothing" : Says(counted))}");
        }
        else if (stored.Grid.District != counted.Grid && stored.Grid != entry?.Grid)
        {
            differences.Add(
                $"worker {worker}: the duty list says grid {stored.Grid}, the journal district {counted.Grid}");
        }
    }

    private static string Says(DutyRow row) => $"{(row.OnDuty ? "on" : "off")} duty since {row.Since:O} v{row.Version}";
}
