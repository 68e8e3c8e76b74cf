using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;

namespace GridMesh.Grains.Incidents;

/// <summary>People's data: put right, and erased once the case is over.</summary>
internal sealed class Erasing : CaseTopic
{
    public Erasing()
    {
        Decide<EraseCase>(Erase);
        Decide<CorrectReporter>(Correct);
        Fold<CaseErased>(Without);
        Fold<ReporterCorrected>((state, e) => state with { Report = state.Report with { Reporter = e.Reporter } });
    }

    /// <summary>The facts of a case as they are read once its keys are gone.</summary>
    public static IncidentFact Without(IncidentFact fact, CaseErased erased, IncidentReported report) =>
        PersonalJson.Erase(
            fact, erased.ContactOnly ? PersonalPart.Contact : PersonalPart.Words,
            IncidentState.IsByResident(fact, report));

    private static Decision Erase(IncidentState state, EraseCase c, CaseRules rules) =>
        c.By.Role is not (Role.Inspector or Role.Admin) ? RejectCode.RoleMayNot
        : state.Step.IsOpen() ? RejectCode.OnlyClosedCanBeErased
        : state.Erased >= (c.ContactOnly ? PersonalPart.Contact : PersonalPart.Words) ? Decision.Nothing
        : new CaseErased(
            rules.Now, c.By.Id, c.Reason, c.ContactOnly,
            c.ContactOnly ? [] : [.. state.Photos.Select(photo => photo.Hash)], c.Person);

    private static Decision Correct(IncidentState state, CorrectReporter c, CaseRules rules) =>
        c.By.Role is not (Role.Inspector or Role.Admin) && !c.By.Dispatches(state.Number.Grid)
            ? RejectCode.RoleMayNot
        : state.Report.Reporter is null ? RejectCode.CaseHasNoReporter
        : state.Report.Reporter == c.Reporter ? Decision.Nothing
        : new ReporterCorrected(rules.Now, c.By.Id, c.Reporter, c.Reason);

    private static IncidentState Without(IncidentState state, CaseErased e) => state with
    {
        Report = (IncidentReported)Without(state.Report, e, state.Report),
        Photos = e.ContactOnly ? state.Photos : [],
        Erased = e.ContactOnly ? PersonalPart.Contact : PersonalPart.Words,
    };
}
