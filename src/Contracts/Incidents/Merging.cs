using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Incidents;

/// <summary>The same matter as another case, which goes on for both.</summary>
[GenerateSerializer, Immutable, Alias("MergeIncident")]
public sealed record MergeIncident(Guid CommandId, Actor By, [property: Id(0)] CaseNumber Into)
    : IncidentCommand(CommandId, By);

/// <summary>Told by a case that was merged to the one that goes on; no client sends it.</summary>
[GenerateSerializer, Immutable, Alias("TakeMerged")]
public sealed record TakeMerged(Guid CommandId, Actor By, [property: Id(0)] CaseNumber From)
    : IncidentCommand(CommandId, By);

/// <param name="Into">The case that goes on for both.</param>
[CaseFact(isPublic: true, isCounted: false)]
[GenerateSerializer, Immutable, Alias("IncidentMerged")]
public sealed record IncidentMerged(DateTimeOffset At, string By, [property: Id(0)] CaseNumber Into)
    : IncidentFact(At, By);

/// <param name="From">The case that was found to be the same matter.</param>
[CaseFact(isPublic: false, isCounted: true)]
[GenerateSerializer, Immutable, Alias("MergedCaseTaken")]
public sealed record MergedCaseTaken(DateTimeOffset At, string By, [property: Id(0)] CaseNumber From)
    : IncidentFact(At, By);
