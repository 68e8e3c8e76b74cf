using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

/// <summary>Names the one responsible owner: a worker or a department.</summary>
[GenerateSerializer, Immutable, Alias("DispatchIncident")]
public sealed record DispatchIncident(Guid CommandId, Actor By, [property: Id(0)] string Owner)
    : IncidentCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("SelfHandleIncident")]
public sealed record SelfHandleIncident(Guid CommandId, Actor By) : IncidentCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("RejectIncident")]
public sealed record RejectIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>Another severity 定级 than it was filed with.</summary>
[GenerateSerializer, Immutable, Alias("GradeIncident")]
public sealed record GradeIncident(
    Guid CommandId, Actor By, [property: Id(0)] Severity Severity, [property: Id(1)] string Reason)
    : IncidentCommand(CommandId, By);

/// <param name="AcceptDue">When the owner has to accept by.</param>
[CaseFact(isPublic: true, isCounted: true)]
[GenerateSerializer, Immutable, Alias("IncidentDispatched")]
public sealed record IncidentDispatched(
    DateTimeOffset At, string By, [property: Id(0)] string Owner, [property: Id(1)] DateTimeOffset AcceptDue)
    : IncidentFact(At, By);

[CaseFact(isPublic: true, isCounted: true)]
[GenerateSerializer, Immutable, Alias("IncidentSelfHandled")]
public sealed record IncidentSelfHandled(
    DateTimeOffset At, string By, [property: Id(0)] string Owner, [property: Id(1)] DateTimeOffset HandleDue)
    : IncidentFact(At, By);

[CaseFact(isPublic: true, isCounted: true)]
[GenerateSerializer, Immutable, Alias("IncidentRejected")]
public sealed record IncidentRejected(DateTimeOffset At, string By, [property: Id(0), Words] string Reason)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("IncidentGraded")]
public sealed record IncidentGraded(
    DateTimeOffset At, string By, [property: Id(0)] Severity Severity, [property: Id(1), Words] string Reason)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}
