using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>A case lies at a desk, and goes to the one above 上报 or below 交办.</summary>
internal sealed class Escalating : CaseTopic
{
    public Escalating()
    {
        Decide<EscalateIncident>(Escalate);
        Decide<HandBackIncident>(HandBack);
        Fold<IncidentEscalated>((state, e) => state with { Desk = e.Desk });
        Fold<IncidentHandedBack>((state, e) => state with { Desk = e.Desk });
    }

    private static Decision Escalate(IncidentState state, EscalateIncident c, CaseRules rules) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : !c.By.IsInCharge(state) ? RejectCode.OnlyTheOwnerOrItsDeskMay
        : state.Desk.Tier <= Tier.District ? RejectCode.DeskIsTheHighest
        : new IncidentEscalated(rules.Now, c.By.Id, c.Reason, state.Desk.Parent!.Value);

    private static Decision HandBack(IncidentState state, HandBackIncident c, CaseRules rules) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : !c.By.IsAtDeskOf(state) ? RejectCode.OnlyTheDeskMay
        : state.Desk.Tier >= Tier.Community ? RejectCode.DeskIsTheLowest
        : c.To == state.Desk || c.To.Tier > Tier.Community || !state.Desk.Contains(c.To)
            || !c.To.Contains(state.Number.Grid) ? RejectCode.DeskIsNotOnTheWay
        : new IncidentHandedBack(rules.Now, c.By.Id, c.Reason, c.To);
}
