using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <content>One case seen by several lines, owned by one.</content>
public sealed partial class IncidentDecider
{
    /// <summary>Notes of one case.</summary>
    public const int NotesMax = 100;

    /// <summary>
    /// The case's own line does everything. A line that was called to it says what it knows, and a department that was
    /// summoned checks in.
    /// </summary>
    private static bool MayWorkOn(IncidentState state, IncidentCommand command) =>
        command.By.Sees(state.Report.Line)
        || (command is NoteIncident or AddPhoto or CheckIn && command.By.Sees(state.Report.Line, state.AlsoLines));

    /// <summary>
    /// Whoever dispatches in the grid, its desk or its owner calls; who sees it already is not called again.
    /// </summary>
    private static Decision Call(IncidentState state, CallLines c, DateTimeOffset now)
    {
        if (!state.Step.IsOpen())
        {
            return RejectCode.CaseIsClosed;
        }

        if (state.Owner != c.By.Id && !Dispatches(c.By, state.Number.Grid) && !IsAtDesk(state, c.By))
        {
            return RejectCode.OnlyTheOwnerOrItsDeskMay;
        }

        ImmutableArray<Line> called = [.. c.Lines.Except(state.AlsoLines).Where(line => line != state.Report.Line)];
        return called.IsEmpty ? new Decision(null, []) : new LinesCalled(now, c.By.Id, called, c.Reason);
    }

    private static Decision Note(IncidentState state, NoteIncident c, DateTimeOffset now) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : c.By.Role is Role.Viewer or Role.Resident ? RejectCode.RoleMayNot
        : state.Notes >= NotesMax ? RejectCode.CaseHoldsTooManyNotes
        : new IncidentNoted(now, c.By.Id, c.Text);
}
