using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

[GenerateSerializer, Immutable, Alias("InspectIncident")]
public sealed record InspectIncident(
    Guid CommandId, Actor By, [property: Id(0)] bool Pass, [property: Id(1)] string? Reason)
    : IncidentCommand(CommandId, By);

/// <param name="TellDue">When its reporter has to be told by; null in facts from before that had a clock.</param>
[CaseFact(isPublic: true, isCounted: true)]
[GenerateSerializer, Immutable, Alias("InspectionPassed")]
public sealed record InspectionPassed(
    DateTimeOffset At, string By, [property: Id(0), Words] string? Reason,
    [property: Id(1)] DateTimeOffset? TellDue = null)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

/// <param name="HandleDue">The handling limit anew: rework counts one up.</param>
[CaseFact(isPublic: true, isCounted: true)]
[GenerateSerializer, Immutable, Alias("InspectionFailed")]
public sealed record InspectionFailed(
    DateTimeOffset At, string By, [property: Id(0), Words] string Reason, [property: Id(1)] DateTimeOffset HandleDue)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}
