using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Patrols;

/// <summary>
/// An order to the patrols of one grid. The same <see cref="CommandId"/> again is answered as the first time; a refusal
/// is not remembered.
/// </summary>
[GenerateSerializer, Immutable, Alias("PatrolCommand")]
public abstract record PatrolCommand([property: Id(0)] Guid CommandId, [property: Id(1)] Actor By) : ICommand;

/// <param name="Plan">Checked by the gateway.</param>
[GenerateSerializer, Immutable, Alias("PlanPatrol")]
public sealed record PlanPatrol(Guid CommandId, Actor By, [property: Id(0)] PatrolPlan Plan)
    : PatrolCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("EndPatrol")]
public sealed record EndPatrol(Guid CommandId, Actor By, [property: Id(0)] string Plan, [property: Id(1)] string Reason)
    : PatrolCommand(CommandId, By);

/// <summary>A worker scanned the code of a checkpoint.</summary>
/// <param name="Code">Names the code; its signature was checked by the gateway.</param>
/// <param name="Position">Where the worker was; null only where the code itself proves the place.</param>
[GenerateSerializer, Immutable, Alias("CheckInAtPoint")]
public sealed record CheckInAtPoint(
    Guid CommandId, Actor By, [property: Id(0)] string Worker, [property: Id(1)] string Plan,
    [property: Id(2)] string Checkpoint, [property: Id(3)] string Code, [property: Id(4)] GeoPoint? Position)
    : PatrolCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("AcknowledgeMisses")]
public sealed record AcknowledgeMisses(
    Guid CommandId, Actor By, [property: Id(0)] string Plan, [property: Id(1)] string Reason)
    : PatrolCommand(CommandId, By);

/// <summary>The answer to a command.</summary>
/// <param name="Plan">The plan that it was about, as it stands now.</param>
/// <param name="Slot">For a check-in: what it counts for.</param>
[GenerateSerializer, Immutable, Alias("PatrolOutcome")]
public sealed record PatrolOutcome(
    [property: Id(0)] RejectCode? Reject, [property: Id(1)] PlanView? Plan, [property: Id(2)] SlotView? Slot);
