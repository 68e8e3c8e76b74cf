using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <content>What the clock does: deadlines, and after them the rungs of the ladder.</content>
public sealed partial class IncidentDecider
{
    private const string Clock = "clock";

    /// <summary>
    /// The clock of a step ran out, or that of a rung after it: one fact of it if the case still waits for just that.
    /// </summary>
    public Decision PassDeadline(IncidentState? state, Step step, DateTimeOffset due, DateTimeOffset now) =>
        state is null ? RejectCode.CaseNotFound
        : state.Step != step || now < due ? new Decision(null, [])
        : !state.Overdue && state.DueAt == due ? new DeadlinePassed(now, Clock, step, due, RungAt(state, 0))
        : state.Overdue && state.RungAt == due ? Climb(state, now)
        : new Decision(null, []);

    private Decision Climb(IncidentState state, DateTimeOffset now)
    {
        var rung = RungOf(state, state.Rungs)!;
        var passed = new RungPassed(
            now, Clock, state.Step, state.RungAt!.Value, state.Rungs + 1, RungAt(state, state.Rungs + 1));
        return new Decision(null, EffectOf(rung, state, now) is { } effect ? [passed, effect] : [passed]);
    }

    /// <summary>Null where the case is as high as the rung would bring it: a clock never takes anything back.</summary>
    private static IncidentFact? EffectOf(Rung rung, IncidentState state, DateTimeOffset now) => rung.Action switch
    {
        RungAction.Escalate when state.Desk.Tier > Tier.District =>
            new IncidentEscalated(now, Clock, string.Empty, state.Desk.Parent!.Value, rung.After),
        RungAction.Supervise when rung.Level is { } level && level > (state.Marks.Supervision?.Level ?? 0) =>
            new IncidentSupervised(now, Clock, SupervisionKind.Timeout, level, string.Empty, rung.After),
        _ => null,
    };

    private static Rung? RungOf(IncidentState state, int index) =>
        state.Report.Ladder?.Where(rung => rung.Step == state.Step).ElementAtOrDefault(index);

    /// <summary>
    /// When a rung is due: so long after the deadline, on the clock on which the deadline ran. Only handling has one
    /// that may stand still.
    /// </summary>
    private DateTimeOffset? RungAt(IncidentState state, int index) =>
        RungOf(state, index) is not { } rung ? null
        : calendar.Add(
            state.DueAt!.Value, TimeSpan.FromMinutes(rung.After),
            state.Step == Step.Handling ? ClockOf(state) : ClockKind.UrgentHour);
}
