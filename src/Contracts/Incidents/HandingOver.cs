using GridMesh.Contracts.Access;

namespace GridMesh.Contracts.Incidents;

/// <summary>
/// A worker who goes off duty gives the case to another one 交接班; sent with the shift, by no endpoint of its own.
/// </summary>
[GenerateSerializer, Immutable, Alias("HandOverIncident")]
public sealed record HandOverIncident(
    Guid CommandId, Actor By, [property: Id(0)] string From, [property: Id(1)] string To)
    : IncidentCommand(CommandId, By);

/// <summary>Another owner goes on at the same step and on the same clock.</summary>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("IncidentHandedOver")]
public sealed record IncidentHandedOver(
    DateTimeOffset At, string By, [property: Id(0)] string From, [property: Id(1)] string To)
    : IncidentFact(At, By);
