using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Grains.Clocks;

namespace GridMesh.Grains.Incidents;

/// <summary>What is decided from besides the case: the directory in force, calendar, ladders and a moment.</summary>
internal sealed record CaseRules(DirectoryView Directory, WorkCalendar Calendar, Ladders Ladders, DateTimeOffset Now)
{
    /// <summary>When a case has to be handled by, if its handling begins now.</summary>
    public DateTimeOffset HandleDue(IncidentState state)
    {
        var (limit, clock) = TermsOf(state);
        return Calendar.Deadline(Now, limit, clock);
    }

    public ClockKind ClockOf(IncidentState state) => TermsOf(state).Clock;

    /// <summary>The limit of its handling, in time on its own clock.</summary>
    public TimeSpan LimitOf(IncidentState state)
    {
        var (limit, clock) = TermsOf(state);
        return WorkCalendar.Running(limit, clock);
    }

    /// <summary>What is left on the clock of its handling.</summary>
    public TimeSpan LeftOf(IncidentState state) => LeftTo(state.DueAt, state);

    /// <summary>What is left on that clock to a moment of the case; nothing where there is none.</summary>
    public TimeSpan LeftTo(DateTimeOffset? moment, IncidentState state) =>
        moment is { } end ? Calendar.Between(Now, end, ClockOf(state)) : TimeSpan.Zero;

    /// <summary>Why the case cannot be this owner's; null where it can.</summary>
    public RejectCode? FaultOfOwner(string owner, IncidentState state)
    {
        ImmutableArray<Line> lines;
        if (Directory.Workers.TryGetValue(owner, out var worker)
            && worker.Grid.District == state.Number.Grid.District)
        {
            lines = worker.Lines;
        }
        else if (Directory.Departments.TryGetValue(owner, out var department)
            && department.Area.Contains(state.Number.Grid))
        {
            lines = department.Lines;
        }
        else
        {
            return RejectCode.OwnerIsUnknown;
        }

        return lines.Include(state.Report.Line) ? null : RejectCode.OwnerDoesNotServeThisLine;
    }

    /// <summary>
    /// Those that the case was filed under; for a case from before they were kept, the standard's present ones.
    /// </summary>
    private (int Limit, ClockKind Clock) TermsOf(IncidentState state) =>
        state.Report is { Limit: { } limit, Clock: { } clock } ? (limit, clock)
        : Directory.Standards.TryGetValue(state.Report.Category, out var standard) ? (standard.Limit, standard.Clock)
        : (1, ClockKind.WorkDay);
}
