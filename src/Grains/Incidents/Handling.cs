using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>The owner accepts 接单, gives back 回退 or has done it 办结.</summary>
internal sealed class Handling : CaseTopic
{
    public Handling()
    {
        Decide<AcceptIncident>(Accept);
        Decide<ReturnIncident>(Return);
        Decide<ResolveIncident>(Resolve);
        Fold<IncidentAccepted>((state, e) => state.Enter(Step.Handling, e.HandleDue) with
        {
            Remaining = null,
            ReturnedBy = null,
        });
        Fold<IncidentReturned>((state, e) => state.Enter(Step.Returned, e.DispatchDue) with
        {
            Returns = state.Returns + 1,
            Remaining = e.Remaining,
            ReturnedBy = state.Owner,
            Owner = null,
            Marks = state.Decided,
        });
        Fold<IncidentResolved>((state, e) => state.Enter(Step.Inspecting, e.InspectDue) with
        {
            Handler = e.By,
            Marks = state.Decided,
        });
    }

    private static Decision Accept(IncidentState state, AcceptIncident c, CaseRules rules)
    {
        if (state.Step != Step.Dispatched)
            return RejectCode.OnlyDispatchedCanBeAccepted;

        if (!c.By.Owns(state))
            return RejectCode.OnlyTheOwnerMay;

        var due = state.Remaining is { } left && state.ReturnedBy == state.Owner
            ? rules.Calendar.Add(rules.Now, left, rules.ClockOf(state))
            : rules.HandleDue(state);
        return new IncidentAccepted(rules.Now, c.By.Id, due);
    }

    private static Decision Return(IncidentState state, ReturnIncident c, CaseRules rules)
    {
        if (state.Step is not (Step.Dispatched or Step.Handling))
            return RejectCode.OnlyDispatchedOrHandlingCanBeReturned;

        if (!c.By.Owns(state))
            return RejectCode.OnlyTheOwnerMay;

        if (state.Marks.IsSuspended)
            return RejectCode.CaseIsSuspended;

        var remaining = state.Step == Step.Handling ? rules.LeftOf(state)
            : state.ReturnedBy == state.Owner ? state.Remaining
            : null;
        return new IncidentReturned(rules.Now, c.By.Id, c.Reason, remaining, rules.Now + StageLimits.Dispatch);
    }

    private static Decision Resolve(IncidentState state, ResolveIncident c, CaseRules rules) =>
        state.Step == Step.Dispatched ? RejectCode.OwnerMustAcceptFirst
        : state.Step != Step.Handling ? RejectCode.OnlyHandlingCanBeResolved
        : !c.By.Owns(state) ? RejectCode.OnlyTheOwnerMay
        : state.Marks.IsSuspended ? RejectCode.CaseIsSuspended
        : state.Mediation is { IsOpen: true } ? RejectCode.MediationIsOpen
        : new IncidentResolved(rules.Now, c.By.Id, c.Result, c.Evidence, rules.Now + StageLimits.Inspect);
}
