using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>Two cases are the same matter 并案.</summary>
internal sealed class Merging : CaseTopic
{
    /// <summary>Cases that one case goes on for.</summary>
    public const int MergedMax = 100;

    public Merging()
    {
        Decide<MergeIncident>(Merge);
        Decide<TakeMerged>(Take);
        Fold<IncidentMerged>((state, e) => state.Close(Step.Merged, e.At) with
        {
            Marks = state.Marks with { MergedInto = e.Into },
        });
        Fold<MergedCaseTaken>((state, e) => state with
        {
            Marks = state.Marks with { Merged = state.Marks.Merged.Add(e.From) },
        });
    }

    /// <summary>
    /// The other case has taken this one before it comes here. One that has taken cases itself is not merged: so a ring
    /// of cases that are merged into each other at the same moment ends with all of them open, none lost.
    /// </summary>
    private static Decision Merge(IncidentState state, MergeIncident c, CaseRules rules) =>
        !Merges(c.By) ? RejectCode.OnlyADispatcherOrTheGridLeaderMay
        : state.Step != Step.Reported ? RejectCode.OnlyReportedCanBeMerged
        : c.Into == state.Number ? RejectCode.CaseCannotMergeIntoItself
        : !state.Marks.Merged.IsEmpty ? RejectCode.CaseHoldsMergedCases
        : new IncidentMerged(rules.Now, c.By.Id, c.Into);

    private static Decision Take(IncidentState state, TakeMerged c, CaseRules rules) =>
        !Merges(c.By) ? RejectCode.OnlyADispatcherOrTheGridLeaderMay
        : c.From == state.Number ? RejectCode.CaseCannotMergeIntoItself
        : state.Marks.Merged.Contains(c.From) ? Decision.Nothing
        : !state.Step.IsOpen() ? RejectCode.CaseToMergeIntoIsClosed
        : state.Marks.Merged.Length >= MergedMax ? RejectCode.CaseHoldsMergedCases
        : new MergedCaseTaken(rules.Now, c.By.Id, c.From);

    /// <summary>Asked of both cases: the one that goes on learns of it first.</summary>
    private static bool Merges(Actor by) => by.Role is Role.Dispatcher or Role.Admin;
}
