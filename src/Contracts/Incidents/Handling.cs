using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

[GenerateSerializer, Immutable, Alias("AcceptIncident")]
public sealed record AcceptIncident(Guid CommandId, Actor By) : IncidentCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("ReturnIncident")]
public sealed record ReturnIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("ResolveIncident")]
public sealed record ResolveIncident(
    Guid CommandId, Actor By, [property: Id(0)] string Result, [property: Id(1)] ImmutableArray<string> Evidence)
    : IncidentCommand(CommandId, By)
{
    /// <summary>Most pieces of evidence of one case (DESIGN "Bounds").</summary>
    public const int EvidenceMax = 9;
}

/// <param name="HandleDue">The limit of the filing standard on its clock; what remained of it after a return.</param>
[CaseFact(isPublic: true, isCounted: true)]
[GenerateSerializer, Immutable, Alias("IncidentAccepted")]
public sealed record IncidentAccepted(DateTimeOffset At, string By, [property: Id(0)] DateTimeOffset HandleDue)
    : IncidentFact(At, By);

/// <param name="Remaining">Time left on the handling clock, in that clock's own running time; null if not
/// started.</param>
/// <param name="DispatchDue">When it has to be dispatched anew by; null in facts from before that had a clock.</param>
[CaseFact(isPublic: true, isCounted: true)]
[GenerateSerializer, Immutable, Alias("IncidentReturned")]
public sealed record IncidentReturned(
    DateTimeOffset At, string By, [property: Id(0), Words] string Reason, [property: Id(1)] TimeSpan? Remaining,
    [property: Id(2)] DateTimeOffset? DispatchDue = null)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

[CaseFact(isPublic: true, isCounted: true)]
[GenerateSerializer, Immutable, Alias("IncidentResolved")]
public sealed record IncidentResolved(
    DateTimeOffset At,
    string By,
    [property: Id(0), Words] string Result,
    [property: Id(1), Words] ImmutableArray<string> Evidence,
    [property: Id(2)] DateTimeOffset InspectDue) : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with
    {
        Result = PersonalText.Mask(Result), Evidence = [.. Evidence.Select(piece => PersonalText.Mask(piece))],
    };
}
