using GridMesh.Contracts.Access;

namespace GridMesh.Contracts.Incidents;

/// <summary>Adds a photo, whose bytes are in the evidence store already.</summary>
[GenerateSerializer, Immutable, Alias("AddPhoto")]
public sealed record AddPhoto(Guid CommandId, Actor By, [property: Id(0)] Photo Photo) : IncidentCommand(CommandId, By);

/// <summary>A photo belongs to the case from now on.</summary>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("PhotoAdded")]
public sealed record PhotoAdded(DateTimeOffset At, string By, [property: Id(0)] Photo Photo) : IncidentFact(At, By);
