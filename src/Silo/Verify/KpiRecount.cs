using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;
using GridMesh.Grains;
using GridMesh.Grains.Incidents;
using GridMesh.Grains.Kpis;

namespace GridMesh.Silo.Verify;

/// <summary>
/// Counts the indices anew from the journal, as far as each writer's cursor reaches, and compares them with the tables
/// (rule KP10). Only what no directory decides: the areas from grid to district, and all owners together, for whether
/// an id was a worker's or a department's depends on the directory of that day.
/// </summary>
/// <remarks>
/// The journal is read grid by grid and case by case. What is held at once is one case, the sums of one grid and of the
/// areas above it, and those of the owners: however many cases there are, it is a few thousand rows.
/// </remarks>
internal sealed class KpiRecount(IKpiStore kpis, TimeProvider time)
{
    private const int ReportEvery = 100_000;

    /// <summary>Clocks of those who write and of this machine differ: the oldest day of hours is left out.</summary>
    private static readonly TimeSpan s_slack = TimeSpan.FromDays(1);

    private readonly KpiComparison _comparison = new();
    private readonly Stack<(AreaCode Area, KpiSums Sums)> _open = [];
    private KpiSums _owners = null!;
    private DateTimeOffset _from;
    private long _read;

    /// <summary>Rows of the tables, and such as should be there.</summary>
    public long Rows => _comparison.Rows;

    /// <summary>Facts that are not in the tables yet: they are folded while the product runs.</summary>
    public long Waiting { get; private set; }

    /// <summary>Differences found; empty means that everything agrees.</summary>
    public ValueTask<IReadOnlyList<string>> RunAsync(
        IProgress<string>? progress = null, CancellationToken cancellation = default) =>
        kpis.ReadSnapshotAsync((snapshot, _) => CompareAsync(snapshot, progress), cancellation);

    private async ValueTask<IReadOnlyList<string>> CompareAsync(IKpiSnapshot snapshot, IProgress<string>? progress)
    {
        _from = time.GetUtcNow().AddDays(-IKpiStore.HoursKeptDays) + s_slack;
        _owners = new KpiSums(_from);
        var unmet = (await snapshot.ReadSubjectsAsync("0", ":")).ToHashSet();
        foreach (var grid in await GridsAsync(snapshot))
        {
            await CloseAsync(snapshot, unmet, below: grid);
            Open(grid);
            await CountAsync(snapshot, grid, _open.Peek().Sums, progress);
        }

        await CloseAsync(snapshot, unmet, below: null);
        foreach (var subject in unmet.Order(StringComparer.Ordinal))
        {
            // Above the district there are rows only where the directory has the area.
            if (AreaCode.TryParse(subject, out var area) && area.Tier >= Tier.District)
                await CompareAsync(snapshot, area, new KpiSums(_from));
        }

        var stored = new KpiSums(_from);
        await ReadAsync(snapshot, stored, KpiSubject.Worker, KpiSubject.WorkersEnd);
        await ReadAsync(snapshot, stored, KpiSubject.Department, KpiSubject.DepartmentsEnd);
        _comparison.Compare("all owners 全部责任人", stored, _owners);
        return _comparison.Differences;
    }

    /// <summary>Grids that the journal knows, by their codes; each takes one look into its index.</summary>
    private static async Task<SortedSet<AreaCode>> GridsAsync(IKpiSnapshot snapshot)
    {
        var grids = new SortedSet<AreaCode>();
        for (var after = "0"; await snapshot.NextStreamAsync(after, ":") is { } stream;)
        {
            var isCase = CaseNumber.TryParse(stream, out var number, out _);
            after = isCase ? $"{number.Grid}:" : stream;
            if (isCase)
                grids.Add(number.Grid);
        }

        var last = GrainKinds.Patrol.Prefix;
        while (await snapshot.NextStreamAsync(last, GrainKinds.Patrol.StreamsEnd) is { } stream)
        {
            last = stream;
            if (AreaCode.TryParse(GrainKinds.Patrol.KeyOf(stream), out var grid))
                grids.Add(grid);
        }

        return grids;
    }

    /// <summary>Opens the grid and what of the areas above it is not open.</summary>
    private void Open(AreaCode grid)
    {
        for (var tier = Tier.District; tier <= Tier.Grid; tier++)
        {
            if (!_open.Any(open => open.Area == grid.At(tier)))
                _open.Push((grid.At(tier), new KpiSums(_from)));
        }
    }

    /// <summary>Compares the areas that the next grid does not lie in: nothing is added to them any more.</summary>
    private async Task CloseAsync(IKpiSnapshot snapshot, HashSet<string> unmet, AreaCode? below)
    {
        while (_open.TryPeek(out var top) && !(below is { } grid && top.Area.Contains(grid)))
        {
            _open.Pop();
            unmet.Remove(KpiSubject.Of(top.Area));
            await CompareAsync(snapshot, top.Area, top.Sums);
            if (_open.TryPeek(out var above))
                above.Sums.Add(top.Sums);
        }
    }

    private async Task CountAsync(IKpiSnapshot snapshot, AreaCode grid, KpiSums sums, IProgress<string>? progress)
    {
        CaseTally? tally = null;
        var stream = "";
        await foreach (var (fact, isCounted) in snapshot.ReadFactsAsync($"{grid}-", $"{grid}."))
        {
            (stream, tally) = (fact.Stream, fact.Stream == stream ? tally : null);
            tally = CaseTally.Fold(tally, IncidentHistory.Decode(fact), out var tallies);
            if (CaseNumber.TryParse(stream, out var number, out _))
                Take(KpiEntries.Of(number, tallies, DirectoryView.Empty), isCounted, sums, progress);
        }

        await foreach (var (fact, isCounted) in snapshot.ReadFactsAsync(
            GrainKinds.Patrol.StreamOf(grid.Value), $"{GrainKinds.Patrol.StreamOf(grid.Value)}:"))
        {
            Take(KpiEntries.OfPatrols(fact, DirectoryView.Empty), isCounted, sums, progress);
        }
    }

    private void Take(IEnumerable<KpiEntry> entries, bool isCounted, KpiSums sums, IProgress<string>? progress)
    {
        if (++_read % ReportEvery == 0)
            progress?.Report($"indices 考核指标: {_read} facts 条事实");

        if (!isCounted)
        {
            Waiting++;
            return;
        }

        foreach (var entry in entries)
        {
            sums.Add(entry);

            // To an empty directory every owner is a department.
            if (entry.Subjects.Any(subject => subject.StartsWith(KpiSubject.Department, StringComparison.Ordinal)))
                _owners.Add(entry);
        }
    }

    private async Task CompareAsync(IKpiSnapshot snapshot, AreaCode area, KpiSums counted)
    {
        var stored = new KpiSums(_from);
        await ReadAsync(snapshot, stored, KpiSubject.Of(area), $"{area}!");
        _comparison.Compare(area.Value, stored, counted);
    }

    private static async Task ReadAsync(IKpiSnapshot snapshot, KpiSums into, string from, string before)
    {
        foreach (var period in Enum.GetValues<KpiPeriod>())
        {
            foreach (var row in await snapshot.SumAsync(period, from, before))
                into.Add(period, row.Start, row.Counts);
        }
    }
}
