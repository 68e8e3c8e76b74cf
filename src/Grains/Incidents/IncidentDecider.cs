using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Clocks;

namespace GridMesh.Grains.Incidents;

/// <summary>
/// Decides what a command, or the clock, comes to: each kind in its topic. Pure: the case, the command and the moment
/// in, facts or a reject out.
/// </summary>
public sealed class IncidentDecider(DirectoryView directory, WorkCalendar calendar)
{
    private readonly Ladders _ladders = new(directory.Data.Ladders);

    /// <summary>Decides a command on a case; <paramref name="state"/> is null while there is none.</summary>
    public Decision Decide(IncidentState? state, CaseNumber number, IncidentCommand command, DateTimeOffset now)
    {
        var rules = At(now);
        return state is not null ? DecideOn(state, command, rules)
            : command is ReportIncident report ? Reporting.First(number, report, rules)
            : RejectCode.CaseNotFound;
    }

    /// <summary>
    /// The clock of a step ran out, or that of a rung after it: one fact of it if the case still waits for just that.
    /// </summary>
    public Decision PassDeadline(IncidentState? state, Step step, DateTimeOffset due, DateTimeOffset now) =>
        Deadlines.Pass(state, step, due, At(now));

    /// <summary>
    /// The case's own line and its owner do everything; a line or a department that was called to it, and residents who
    /// did not report it, what topics leave to such. Whoever reports may be of any.
    /// </summary>
    private static Decision DecideOn(IncidentState state, IncidentCommand command, CaseRules rules)
    {
        var decision = CaseTopics.Decisions[command.GetType()];
        var by = command.By;
        if (by.Role == Role.Resident && !decision.ByResidents && !by.IsReporterOf(state))
            return RejectCode.RoleMayNot;

        var isItsOwn = command is ReportIncident || by.Sees(state.Report.Line) || by.Owns(state);
        var isCalled = decision.ByCalled
            && (by.Sees(state.Report.Line, state.AlsoLines) || state.Marks.HasSummoned(by.Id));
        return isItsOwn || isCalled ? decision.Decide(state, command, rules) : RejectCode.LineIsOutsideYourOwn;
    }

    private CaseRules At(DateTimeOffset now) => new(directory, calendar, _ladders, now);
}
