using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Care;

/// <summary>
/// An order to the watches of one grid. The same <see cref="CommandId"/> again is answered as the first time.
/// </summary>
[GenerateSerializer, Immutable, Alias("CareCommand")]
public abstract record CareCommand([property: Id(0)] Guid CommandId, [property: Id(1)] Actor By) : ICommand;

/// <param name="Watch">Checked by the gateway.</param>
[GenerateSerializer, Immutable, Alias("BeginCare")]
public sealed record BeginCare(Guid CommandId, Actor By, [property: Id(0)] CareWatch Watch)
    : CareCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("WithdrawConsent")]
public sealed record WithdrawConsent(
    Guid CommandId, Actor By, [property: Id(0)] string Watch, [property: Id(1)] string Reason)
    : CareCommand(CommandId, By);

/// <summary>Somebody was at the door.</summary>
[GenerateSerializer, Immutable, Alias("ConfirmCare")]
public sealed record ConfirmCare(
    Guid CommandId, Actor By, [property: Id(0)] string Watch, [property: Id(1)] CareFinding Finding,
    [property: Id(2)] string? Text) : CareCommand(CommandId, By);

/// <summary>Somebody wants to see watches: it is written down before it is answered.</summary>
/// <param name="Building">Null: those of the whole grid.</param>
[GenerateSerializer, Immutable, Alias("ReadCare")]
public sealed record ReadCare(Guid CommandId, Actor By, [property: Id(0)] BuildingCode? Building)
    : CareCommand(CommandId, By);

/// <summary>The answer to a command.</summary>
/// <param name="Watches">The watch that it was about, or those that were asked for.</param>
[GenerateSerializer, Immutable, Alias("CareOutcome")]
public sealed record CareOutcome(
    [property: Id(0)] RejectCode? Reject, [property: Id(1)] ImmutableArray<CareView> Watches);
