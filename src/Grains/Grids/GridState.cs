using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Patrols;

namespace GridMesh.Grains.Grids;

/// <summary>
/// All of one grid: cases, numbers, presence, deadlines, patrols. Plain; the grain around it adds engine and storage.
/// </summary>
public sealed class GridState(
    AreaCode grid, ImmutableArray<WorkerEntry> roster, GridLimits limits, int day, DateTimeOffset now)
{
    public AreaCode Code => grid;

    public GridCases Cases { get; } = new(day);

    public NumberIssuer Numbers { get; } = new(grid);

    public Presence People { get; } = new(roster, limits.SilentAfter, now);

    public DeadlineQueue Deadlines { get; } = new();

    public GridPatrols Patrols { get; } = new();

    /// <summary>How many households are not heard of; null until it is known.</summary>
    public CareBoard? Care { get; private set; }

    public AreaSummary Summary
    {
        get
        {
            var counts = Cases.Counts.ToArray();
            counts[(int)Counter.WorkersTotal] = People.Total;
            counts[(int)Counter.WorkersOnDuty] = People.OnDuty;
            counts[(int)Counter.AlarmsOpen] += People.Silent + People.Deserted;
            Patrols.AddTo(counts);
            counts[(int)Counter.AlarmsOpen] += Care?.Alarms ?? 0;
            return new AreaSummary([.. counts]);
        }
    }

    /// <summary>Comparable with <see cref="ICaseIndex.DigestGridAsync"/>.</summary>
    public GridDigest Digest => Cases.Digest with { DutyVersionSum = People.DutyVersions };

    /// <summary>A case is at this version now; false when that was known.</summary>
    public bool Apply(CaseRow row)
    {
        if (!Cases.Apply(row))
            return false;

        Numbers.Follow(row);
        Deadlines.Follow(row);
        return true;
    }

    /// <summary>False for what is older than what is known, or the same.</summary>
    public bool Apply(CareBoard board)
    {
        if (board.Version < Care?.Version)
            return false;

        var isNews = board.Alarms != (Care?.Alarms ?? 0);
        Care = board;
        return isNews;
    }

    /// <summary>A number for a new case of today.</summary>
    public (RejectCode? Reject, CaseNumber? Number) Issue(Guid commandId, string? alarmKey, DateOnly today)
    {
        if (Cases.Open >= limits.OpenCasesMax)
            return (RejectCode.GridHoldsTooManyOpenCases, null);

        return Numbers.Issue(commandId, alarmKey, today) is { } number
            ? (null, number)
            : (RejectCode.GridHasNoNumbersLeftToday, null);
    }

    public static IncidentCard CardOf(CaseRow row) => new(
        row.Number, row.Number.Grid, row.Step, row.Version, row.Category, row.Line, row.Severity, row.Position,
        row.ReportedAt, row.DueAt, row.Overdue, row.Owner, row.Desk, row.AlsoLines);
}

/// <param name="OpenCasesMax">Most open cases a grid takes.</param>
/// <param name="SilentAfter">A worker on duty unheard of for longer is silent.</param>
public sealed record GridLimits(int OpenCasesMax, TimeSpan SilentAfter);
