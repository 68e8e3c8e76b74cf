using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>What the clock does: deadlines, and after them the rungs of the ladder. Nobody orders it.</summary>
internal sealed class Deadlines : CaseTopic
{
    private const string Clock = "clock";

    public Deadlines()
    {
        Fold<DeadlinePassed>((state, e) => state.Supervise(SupervisionKind.Timeout, state.OneLevelMore) with
        {
            Overdue = true,
            RungAt = e.RungAt,
            WasLate = state.WasLate || e.Step is Step.Dispatched or Step.Handling,
        });
        Fold<RungPassed>((state, e) => state with { Rungs = e.Rung, RungAt = e.RungAt });
    }

    /// <summary>
    /// The clock of a step ran out, that of a rung after it, or that of a suspension: one fact of it if the case still
    /// waits for just that.
    /// </summary>
    public static Decision Pass(IncidentState? state, Step step, DateTimeOffset due, CaseRules rules) =>
        state is null ? RejectCode.CaseNotFound
        : state.Step != step || rules.Now < due ? Decision.Nothing
        : state.Marks.IsSuspended ? state.Marks.SuspendedUntil == due ? Suspending.Resumed(state, Clock, rules)
            : Decision.Nothing
        : !state.Overdue && state.DueAt == due
            ? new DeadlinePassed(rules.Now, Clock, step, due, RungAt(state, 0, rules))
        : state.Overdue && state.RungAt == due ? Climb(state, rules)
        : Decision.Nothing;

    /// <summary>The ladder goes on.</summary>
    public static bool HasRung(IncidentState state) => RungOf(state, state.Rungs) is not null;

    private static Decision Climb(IncidentState state, CaseRules rules)
    {
        var rung = RungOf(state, state.Rungs)!;
        var passed = new RungPassed(
            rules.Now, Clock, state.Step, state.RungAt!.Value, state.Rungs + 1, RungAt(state, state.Rungs + 1, rules));
        return new Decision(null, EffectOf(rung, state, rules.Now) is { } effect ? [passed, effect] : [passed]);
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
    public static DateTimeOffset? RungAt(IncidentState state, int index, CaseRules rules) =>
        RungOf(state, index) is not { } rung ? null
        : rules.Calendar.Add(
            state.DueAt!.Value, TimeSpan.FromMinutes(rung.After),
            state.Step == Step.Handling ? rules.ClockOf(state) : ClockKind.UrgentHour);
}
