using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>A case is watched over 督办, and asked after 催办.</summary>
internal sealed class Supervising : CaseTopic
{
    /// <summary>Reminders of one case.</summary>
    public const int RemindersMax = 50;

    public Supervising()
    {
        Decide<SuperviseIncident>(Supervise);
        Decide<RemindIncident>(Remind);
        Fold<IncidentSupervised>((state, e) => state.Supervise(e.Kind, e.Level));
        Fold<IncidentReminded>((state, _) => Reminded(state));
    }

    private static Decision Supervise(IncidentState state, SuperviseIncident c, CaseRules rules) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : !c.By.Supervises() ? RejectCode.OnlyASupervisorMay
        : new IncidentSupervised(rules.Now, c.By.Id, c.Kind, c.Level, c.Reason);

    private static Decision Remind(IncidentState state, RemindIncident c, CaseRules rules) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : !c.By.IsAtDeskOf(state) && !c.By.IsReporterOf(state) ? RejectCode.RoleMayNot
        : state.Reminders >= RemindersMax ? RejectCode.TooManyReminders
        : new IncidentReminded(rules.Now, c.By.Id, c.Reason);

    /// <summary>A reminder of a case that is late makes it more important.</summary>
    private static IncidentState Reminded(IncidentState state) =>
        (state.Overdue ? state.Supervise(SupervisionKind.Important, state.OneLevelMore) : state) with
        {
            Reminders = state.Reminders + 1,
        };
}
