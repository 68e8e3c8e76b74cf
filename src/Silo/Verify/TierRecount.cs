using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;
using GridMesh.Grains.Areas;
using GridMesh.Grains.Grids;

namespace GridMesh.Silo.Verify;

/// <summary>
/// Grids from what is stored, as live ones are built, rolled up as live areas do; against plain sums of the recount.
/// </summary>
internal sealed class TierRecount(
    ICaseIndex index, CaseRecount cases, DutyRecount duty, FoldRecount folds, DifferenceList differences)
{
    private readonly Dictionary<AreaCode, AreaRollup> _rollups = [];
    private readonly Dictionary<AreaCode, int[]> _counted = [];

    public async Task CompareAsync(DirectoryView directory, DateTimeOffset now)
    {
        var byGrid = cases.ByGrid();
        var (stored, counted) = (duty.StoredByGrid(), duty.CountedByGrid(directory));
        foreach (var grid in directory.Data.Areas.Where(area => area.Code.Tier == Tier.Grid).Select(area => area.Code))
        {
            var (live, fold) = (NewGrid(directory, grid, now), NewGrid(directory, grid, now));
            foreach (var row in await index.ReadGridAsync(grid, live.Cases.Day))
                live.Cases.Apply(row);

            foreach (var state in byGrid[grid])
                fold.Cases.Apply(state.ToRow());

            Show(live, stored[grid], now);
            Show(fold, counted[grid], now);
            folds.Show(live, fold, now);
            Compare(grid, "what is stored", live.Summary, fold.Summary);
            Climb(grid, live.Summary, fold.Summary);
        }

        foreach (var lost in byGrid.Where(cases => !directory.Areas.ContainsKey(cases.Key)))
        {
            if (lost.Count(state => state.Step.IsOpen()) is > 0 and var open)
                differences.Add($"{lost.Key}: {open} open cases lie in a grid that the directory does not have");
        }

        foreach (var (code, rollup) in _rollups)
            Compare(code, "the roll-up", rollup.Sum, new AreaSummary([.. _counted[code]]));
    }

    /// <summary>
    /// Nobody has been heard of: who is silent, and where nobody is on duty, only the living grid knows.
    /// </summary>
    private static GridState NewGrid(DirectoryView directory, AreaCode grid, DateTimeOffset now) => new(
        grid, directory.RosterOf(grid), new GridLimits(int.MaxValue, TimeSpan.MaxValue), ChinaTime.DayNumber(now), now);

    private static void Show(GridState grid, IEnumerable<DutyRow> rows, DateTimeOffset now)
    {
        foreach (var row in rows)
            grid.People.Apply(row, now);
    }

    private void Compare(AreaCode code, string who, AreaSummary live, AreaSummary counted)
    {
        if (!live.Equals(counted))
        {
            var different = SummaryCounts.All.Where(count => count.In(live) != count.In(counted));
            differences.Add(
                $"{code}: {who} says {string.Join(", ", different.Select(count => $"{count.Path} {count.In(live)}"))},"
                + $" the recount {string.Join(", ", different.Select(count => count.In(counted)))}");
        }
    }

    private void Climb(AreaCode grid, AreaSummary summary, AreaSummary counts)
    {
        var (child, version) = (grid, 1L);
        for (var up = grid.Parent; up is { } code; up = code.Parent, version++)
        {
            var rollup = _rollups.TryGetValue(code, out var held) ? held : _rollups[code] = new AreaRollup();
            rollup.Take(new ChildReport(child, new SummaryVersion(1, version), summary, null));
            summary = rollup.Sum;
            child = code;
            var sum = _counted.TryGetValue(code, out var known) ? known : _counted[code] = new int[AreaSummary.Width];
            for (var i = 0; i < sum.Length; i++)
                sum[i] += counts.At(i);
        }
    }
}
