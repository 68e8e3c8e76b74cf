using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Patrols;

/// <summary>How somebody was seen at a checkpoint.</summary>
[GenerateSerializer, Alias("CheckInWay")]
public enum CheckInWay
{
    /// <summary>A position within the radius.</summary>
    Geofence,

    /// <summary>A signed code, scanned at the place.</summary>
    Code,
}

/// <summary>One checkpoint of one round.</summary>
/// <param name="Day">China day on which the round's window begins, as yyyyMMdd.</param>
/// <param name="From">The window's first minute of the day.</param>
[GenerateSerializer, Immutable, Alias("PatrolSlot")]
public readonly record struct PatrolSlot(
    [property: Id(0)] string Plan, [property: Id(1)] int Day, [property: Id(2)] int From,
    [property: Id(3)] string Checkpoint);

/// <summary>
/// Something that happened to the patrols of a grid; stored like the facts of a case, in the stream
/// <c>patrol:{grid}</c>.
/// </summary>
public abstract record PatrolFact(DateTimeOffset At, string By) : IFact;

public sealed record PatrolPlanned(DateTimeOffset At, string By, PatrolPlan Plan) : PatrolFact(At, By);

public sealed record PatrolEnded(DateTimeOffset At, string By, string Plan, string Reason) : PatrolFact(At, By);

/// <param name="Worker">Who was there.</param>
/// <param name="Code">Names the code that was scanned; null for a geofence.</param>
public sealed record CheckpointDone(
    DateTimeOffset At, string By, PatrolSlot Slot, string Worker, CheckInWay Way, string? Code) : PatrolFact(At, By);

/// <param name="Due">When the window ended.</param>
public sealed record CheckpointMissed(DateTimeOffset At, string By, PatrolSlot Slot, DateTimeOffset Due)
    : PatrolFact(At, By);

/// <summary>Somebody has taken note of what was missed of a plan so far: it is no alarm any more.</summary>
public sealed record MissesAcknowledged(DateTimeOffset At, string By, string Plan, string Reason) : PatrolFact(At, By);
