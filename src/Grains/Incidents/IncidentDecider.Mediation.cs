using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <content>Disputes are mediated 调解 while they are handled, by whoever owns them.</content>
public sealed partial class IncidentDecider
{
    private static Decision Name(IncidentState state, NameParties c, DateTimeOffset now) =>
        FaultOfMediating(state, c) is { } fault ? fault
        : state.Mediation?.Namings >= Party.NamingsMax ? RejectCode.PartiesWereNamedTooOften
        : new PartiesNamed(now, c.By.Id, c.Parties);

    private static Decision Mediate(IncidentState state, HoldMediation c, DateTimeOffset now) =>
        FaultOfMediating(state, c) is { } fault ? fault
        : state.Mediation is not { } mediation ? RejectCode.PartiesAreUnnamed
        : c.Session.HeldAt > now ? RejectCode.SessionIsFromTheFuture
        : mediation.Sessions.Length >= MediationSession.CountMax ? RejectCode.TooManyMediations
        : new MediationHeld(now, c.By.Id, c.Session);

    private static RejectCode? FaultOfMediating(IncidentState state, IncidentCommand c) =>
        state.Step != Step.Handling ? RejectCode.OnlyHandlingCanBeMediated
        : state.Owner != c.By.Id ? RejectCode.OnlyTheOwnerMay
        : state.Marks.IsSuspended ? RejectCode.CaseIsSuspended
        : null;
}
