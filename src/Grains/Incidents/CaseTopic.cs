using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>
/// What may happen to a case in one respect: how its commands are decided, and what a case is after its facts. The
/// guards are the table in DOMAIN "The closed loop". Pure: everything that is decided from comes in.
/// </summary>
internal abstract class CaseTopic
{
    private readonly List<CaseDecision> _decisions = [];
    private readonly List<CaseFold> _folds = [];

    public IReadOnlyList<CaseDecision> Decisions => _decisions;

    public IReadOnlyList<CaseFold> Folds => _folds;

    /// <param name="byCalled">Lines and departments that were called to the case may do it too.</param>
    /// <param name="byResidents">Residents may do it who did not report the case.</param>
    protected void Decide<TCommand>(
        Func<IncidentState, TCommand, CaseRules, Decision> decide, bool byCalled = false, bool byResidents = false)
        where TCommand : IncidentCommand =>
        _decisions.Add(new CaseDecision(
            typeof(TCommand), byCalled, byResidents,
            (state, command, rules) => decide(state, (TCommand)command, rules)));

    protected void Fold<TFact>(Func<IncidentState, TFact, IncidentState> fold)
        where TFact : IncidentFact =>
        _folds.Add(new CaseFold(typeof(TFact), (state, fact) => fold(state, (TFact)fact)));
}

/// <summary>How one kind of command is decided on a case that there is.</summary>
internal sealed record CaseDecision(
    Type Command, bool ByCalled, bool ByResidents,
    Func<IncidentState, IncidentCommand, CaseRules, Decision> Decide);

/// <summary>What a case is after one kind of fact.</summary>
internal sealed record CaseFold(Type Fact, Func<IncidentState, IncidentFact, IncidentState> Fold);
