using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>Disputes are mediated 调解 while they are handled, by whoever owns them.</summary>
internal sealed class Mediating : CaseTopic
{
    public Mediating()
    {
        Decide<NameParties>(Name);
        Decide<HoldMediation>(Hold);
        Fold<PartiesNamed>((state, e) => state with
        {
            Mediation = (state.Mediation ?? new CaseMediation([], [], 0)) with
            {
                Parties = e.Parties,
                Namings = (state.Mediation?.Namings ?? 0) + 1,
            },
        });
        Fold<MediationHeld>((state, e) => state with
        {
            Mediation = state.Mediation! with { Sessions = state.Mediation.Sessions.Add(e.Session) },
        });
    }

    private static Decision Name(IncidentState state, NameParties c, CaseRules rules) =>
        FaultOfMediating(state, c) is { } fault ? fault
        : state.Mediation?.Namings >= Party.NamingsMax ? RejectCode.PartiesWereNamedTooOften
        : new PartiesNamed(rules.Now, c.By.Id, c.Parties);

    private static Decision Hold(IncidentState state, HoldMediation c, CaseRules rules) =>
        FaultOfMediating(state, c) is { } fault ? fault
        : state.Mediation is not { } mediation ? RejectCode.PartiesAreUnnamed
        : c.Session.HeldAt > rules.Now ? RejectCode.SessionIsFromTheFuture
        : mediation.Sessions.Length >= MediationSession.CountMax ? RejectCode.TooManyMediations
        : new MediationHeld(rules.Now, c.By.Id, c.Session);

    private static RejectCode? FaultOfMediating(IncidentState state, IncidentCommand c) =>
        state.Step != Step.Handling ? RejectCode.OnlyHandlingCanBeMediated
        : !c.By.Owns(state) ? RejectCode.OnlyTheOwnerMay
        : state.Marks.IsSuspended ? RejectCode.CaseIsSuspended
        : null;
}
