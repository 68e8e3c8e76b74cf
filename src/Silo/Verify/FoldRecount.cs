using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Grains;
using GridMesh.Grains.Care;
using GridMesh.Grains.Facts;
using GridMesh.Grains.Grids;
using GridMesh.Grains.Patrols;

namespace GridMesh.Silo.Verify;

/// <summary>
/// What the grains beside a grid (patrols, watches, visits, services) know: the snapshot that is kept of it and the
/// facts after it, against all facts. Snapshots lie where Orleans keeps the state of their grains.
/// </summary>
internal sealed class FoldRecount(
    IStateTable states, CheckpointRecount checkpoints, DifferenceList differences) : IKindRecount
{
    private readonly Dictionary<string, FoldPair> _folds = [];

    /// <summary>Snapshots compared.</summary>
    public int Snapshots => _folds.Values.Count(pair => pair.HasSnapshot);

    /// <summary>Watches over households.</summary>
    public int Watches => _folds.Values.Sum(pair => pair.Counted is CareFold fold ? fold.Count : 0);

    public async ValueTask TakeAsync(GrainKind kind, JournalRecord record)
    {
        if (!_folds.TryGetValue(record.Stream, out var pair))
            pair = _folds[record.Stream] = await OpenAsync(kind, kind.KeyOf(record.Stream));

        var fact = kind.Decode(record);
        checkpoints.Take(record.Stream, fact);
        pair.Take(record.Version, fact);
    }

    public async Task CompareAsync(DirectoryView directory, DateTimeOffset now)
    {
        foreach (var grid in directory.Data.Areas.Where(area => area.Code.Tier == Tier.Grid).Select(area => area.Code))
        {
            foreach (var kind in GrainKinds.All.Where(kind => kind.Fold is not null))
            {
                if (!_folds.ContainsKey(kind.StreamOf(grid.Value)))
                    _folds[kind.StreamOf(grid.Value)] = await OpenAsync(kind, grid.Value);
            }
        }

        foreach (var (stream, pair) in _folds.OrderBy(fold => fold.Key, StringComparer.Ordinal))
        {
            if (pair.Difference(now) is { } difference)
                differences.Add($"{stream}: {difference}");
        }
    }

    /// <summary>What the grid is told of them when it wakes.</summary>
    public void Show(GridState live, GridState counted, DateTimeOffset now)
    {
        if (Find(GrainKinds.Patrol, live.Code) is { Live: PatrolFold kept, Counted: PatrolFold patrols })
        {
            live.Patrols.Take(kept.BoardAt(now));
            counted.Patrols.Take(patrols.BoardAt(now));
        }

        if (Find(GrainKinds.Care, live.Code) is { Live: CareFold held, Counted: CareFold watches })
        {
            live.Apply(held.Board);
            counted.Apply(watches.Board);
        }
    }

    private FoldPair? Find(GrainKind kind, AreaCode grid) =>
        _folds.GetValueOrDefault(kind.StreamOf(grid.Value)) is { IsBroken: false } pair ? pair : null;

    private async ValueTask<FoldPair> OpenAsync(GrainKind kind, string key)
    {
        var row = await states.ReadAsync(kind.Name, kind.Name, key);
        IFactFold? kept = null;
        try
        {
            kept = row is null ? null : kind.Fold!(row);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            differences.Add($"{kind.StreamOf(key)}: the snapshot cannot be read: {e.Message}");
        }

        return new FoldPair(kind.Fold!(null), kept);
    }
}
