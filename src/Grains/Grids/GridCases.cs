using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;

namespace GridMesh.Grains.Grids;

/// <summary>
/// The cases of one grid that are open, or were reported or closed today, and their counts. A row counts once whatever
/// how often or in which order it comes: the version decides.
/// </summary>
public sealed class GridCases(int day)
{
    private readonly Dictionary<CaseNumber, CaseRow> _rows = [];
    private readonly int[] _counts = new int[AreaSummary.Width];

    /// <summary>The day that "today" means, as yyyyMMdd.</summary>
    public int Day { get; private set; } = day;

    public int Open { get; private set; }

    public IEnumerable<CaseRow> OpenRows => _rows.Values.Where(row => row.Step.IsOpen());

    /// <summary>What it has to do with <see cref="ICaseIndex.DigestGridAsync"/>.</summary>
    public GridDigest Digest => new(_rows.Count, _rows.Values.Sum(row => row.Version));

    public ReadOnlySpan<int> Counts => _counts;

    public CaseRow? Find(CaseNumber number) => _rows.GetValueOrDefault(number);

    /// <summary>Open cases that may be the same matter as one that somebody is about to report.</summary>
    public IEnumerable<CaseRow> Similar(SimilarQuery query) => OpenRows.Where(row =>
        row.Category == query.Category && row.ReportedAt >= query.Since
        && row.Position is { } place && place.MetresTo(query.At) <= query.Metres);

    /// <summary>False when the cases has this version or a later one already.</summary>
    public bool Apply(CaseRow row)
    {
        if (_rows.TryGetValue(row.Number, out var old))
        {
            if (old.Version >= row.Version)
                return false;

            Count(old, -1);
        }

        if (Belongs(row))
        {
            _rows[row.Number] = row;
            Count(row, +1);
        }
        else
        {
            _rows.Remove(row.Number);
        }

        return true;
    }

    /// <summary>Begins a new day: what was closed before it leaves the cases.</summary>
    public bool StartDay(int day)
    {
        if (day == Day)
            return false;

        Day = day;
        Array.Clear(_counts);
        Open = 0;
        foreach (var (number, row) in _rows.ToArray())
        {
            if (Belongs(row))
                Count(row, +1);
            else
                _rows.Remove(number);
        }

        return true;
    }

    private bool Belongs(CaseRow row) => row.Step.IsOpen() || row.ReportedDay == Day || row.ClosedDay == Day;

    private void Count(CaseRow row, int sign)
    {
        if (row.Step.IsOpen())
        {
            Open += sign;
            _counts[AreaSummary.IndexOf(row.Step)] += sign;
            _counts[AreaSummary.IndexOf(row.Line)] += sign;
            _counts[(int)Counter.Overdue] += row.Overdue ? sign : 0;
            _counts[(int)Counter.MajorOpen] += row.Severity == Severity.Major ? sign : 0;
            _counts[(int)Counter.AlarmsOpen] += row.AlarmKey is not null ? sign : 0;
        }

        _counts[(int)Counter.ReportedToday] += row.ReportedDay == Day ? sign : 0;
        _counts[(int)Counter.ClosedToday] += row.ClosedDay == Day ? sign : 0;
    }
}
