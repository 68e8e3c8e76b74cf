using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>One case seen by several lines, owned by one 多条线协同, and what they say of it.</summary>
internal sealed class Calling : CaseTopic
{
    /// <summary>Notes of one case.</summary>
    public const int NotesMax = 100;

    public Calling()
    {
        Decide<CallLines>(Call);
        Decide<NoteIncident>(Note, byCalled: true);
        Fold<LinesCalled>((state, e) => state with { AlsoLines = [.. state.AlsoLines.Union(e.Lines)] });
        Fold<IncidentNoted>((state, _) => state with { Notes = state.Notes + 1 });
    }

    /// <summary>Who sees it already is not called again.</summary>
    private static Decision Call(IncidentState state, CallLines c, CaseRules rules)
    {
        if (!state.Step.IsOpen())
            return RejectCode.CaseIsClosed;

        if (!c.By.IsInCharge(state))
            return RejectCode.OnlyTheOwnerOrItsDeskMay;

        ImmutableArray<Line> called = [.. c.Lines.Except(state.AlsoLines).Where(line => line != state.Report.Line)];
        return called.IsEmpty ? Decision.Nothing : new LinesCalled(rules.Now, c.By.Id, called, c.Reason);
    }

    private static Decision Note(IncidentState state, NoteIncident c, CaseRules rules) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : c.By.Role is Role.Viewer or Role.Resident ? RejectCode.RoleMayNot
        : state.Notes >= NotesMax ? RejectCode.CaseHoldsTooManyNotes
        : new IncidentNoted(rules.Now, c.By.Id, c.Text);
}
