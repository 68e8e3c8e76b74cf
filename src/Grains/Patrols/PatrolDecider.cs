using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Patrols;

namespace GridMesh.Grains.Patrols;

/// <summary>What comes of a command: a fact, or why not. Neither: it is so already.</summary>
public readonly record struct PatrolDecision(RejectCode? Reject, PatrolFact? Fact)
{
    public static implicit operator PatrolDecision(RejectCode reject) => new(reject, null);

    public static implicit operator PatrolDecision(PatrolFact fact) => new(null, fact);
}

/// <summary>Decides over a grid's patrols; pure.</summary>
public static class PatrolDecider
{
    /// <summary>
    /// A scanned code counts within the radius and this many metres more: the code says that somebody stood at the
    /// place, the position only that it was not elsewhere.
    /// </summary>
    public const int CodeReachMetres = 50;

    /// <summary>Whom misses are recorded for.</summary>
    public const string Clock = "clock";

    public static PatrolDecision Decide(PatrolFold fold, PatrolCommand command, DateTimeOffset now) => command switch
    {
        PlanPatrol plan => Plan(fold, plan, now),
        EndPatrol end => End(fold, end, now),
        CheckInAtPoint checkIn => CheckIn(fold, checkIn, now),
        AcknowledgeMisses noted => Acknowledge(fold, noted, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no command of patrols"),
    };

    /// <summary>What of the sightings counts: each open checkpoint once, in its window.</summary>
    public static ImmutableArray<PatrolFact> Sight(
        PatrolFold fold, IEnumerable<PatrolSighting> sightings, DateTimeOffset now)
    {
        var open = new HashSet<PatrolSlot>(fold.BoardAt(now).Points.Select(point => point.Slot));
        return
        [
            .. sightings.Where(seen => open.Remove(seen.Slot)).Select(seen =>
                new CheckpointDone(now, seen.Worker, seen.Slot, seen.Worker, CheckInWay.Geofence, null)),
        ];
    }

    /// <summary>The checkpoints whose window ended without anybody.</summary>
    public static ImmutableArray<PatrolFact> Settle(PatrolFold fold, DateTimeOffset now) =>
    [
        .. from round in fold.OpenRounds(now)
           where round.End <= now
           from checkpoint in round.Plan.Checkpoints
           let slot = round.SlotOf(checkpoint)
           where fold.Find(slot) is null
           select new CheckpointMissed(now, Clock, slot, round.End),
    ];

    private static bool MayPlan(Actor by) => by.Role is Role.Lead or Role.Supervisor or Role.Admin;

    private static PatrolDecision Plan(PatrolFold fold, PlanPatrol command, DateTimeOffset now) =>
        !MayPlan(command.By) ? RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan
        : fold.Find(command.Plan.Id) is not null ? RejectCode.PlanExistsAlready
        : fold.Plans.Count() >= PatrolPlan.PlansMax ? RejectCode.GridHoldsTooManyPlans
        : new PatrolPlanned(now, command.By.Id, command.Plan);

    private static PatrolDecision End(PatrolFold fold, EndPatrol command, DateTimeOffset now) =>
        !MayPlan(command.By) ? RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan
        : fold.Find(command.Plan) is not { } life ? RejectCode.PlanIsUnknown
        : !command.By.Sees(life.Plan.Line) ? RejectCode.LineIsOutsideYourOwn
        : life.EndedAt is not null ? RejectCode.PlanHasEnded
        : new PatrolEnded(now, command.By.Id, command.Plan, command.Reason);

    private static PatrolDecision Acknowledge(PatrolFold fold, AcknowledgeMisses command, DateTimeOffset now) =>
        command.By.Role is not (Role.Lead or Role.Dispatcher or Role.Supervisor or Role.Admin) ? RejectCode.RoleMayNot
        : fold.Find(command.Plan) is not { } life ? RejectCode.PlanIsUnknown
        : !command.By.Sees(life.Plan.Line) ? RejectCode.LineIsOutsideYourOwn
        : !fold.MissesOf(command.Plan).Any() ? RejectCode.NothingIsMissed
        : new MissesAcknowledged(now, command.By.Id, command.Plan, command.Reason);

    private static PatrolDecision CheckIn(PatrolFold fold, CheckInAtPoint command, DateTimeOffset now)
    {
        if (fold.Find(command.Plan) is not { } life)
            return RejectCode.PlanIsUnknown;

        if (life.EndedAt is not null)
            return RejectCode.PlanHasEnded;

        if (life.Plan.Checkpoints.FirstOrDefault(one => one.Id == command.Checkpoint) is not { } checkpoint)
            return RejectCode.CheckpointIsUnknown;

        if (command.Position is { } at && at.MetresTo(checkpoint.Position) > checkpoint.Radius + CodeReachMetres)
            return RejectCode.CheckInIsTooFarAway;

        var round = fold.OpenRounds(now).FirstOrDefault(
            one => one.Plan.Id == command.Plan && one.IsOpen(now));
        if (round.Plan is null)
            return RejectCode.CheckpointIsNotDue;

        var slot = round.SlotOf(checkpoint);
        return fold.Find(slot) is { } fate
            ? Again(fate, command)
            : new CheckpointDone(now, command.By.Id, slot, command.Worker, CheckInWay.Code, command.Code);
    }

    /// <summary>Whoever walked in by position and scans the code as well has done nothing wrong.</summary>
    private static PatrolDecision Again(SlotFate fate, CheckInAtPoint command) =>
        fate.Code == command.Code ? RejectCode.CheckInIsReplayed
        : fate.Way == CheckInWay.Geofence && fate.Worker == command.Worker ? new PatrolDecision(null, null)
        : RejectCode.CheckpointIsDoneAlready;
}
