using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

/// <summary>Whoever the case is about is forgotten: what was written goes, and that it happened stays.</summary>
/// <param name="ContactOnly">Who reported it goes, what was written stays.</param>
/// <param name="Person">A keyed hash of whom it is done for; null where nobody asked.</param>
[GenerateSerializer, Immutable, Alias("EraseCase")]
public sealed record EraseCase(
    Guid CommandId, Actor By, [property: Id(0)] string Reason, [property: Id(1)] bool ContactOnly,
    [property: Id(2)] string? Person) : IncidentCommand(CommandId, By);

/// <summary>Who reported it was written down wrong.</summary>
[GenerateSerializer, Immutable, Alias("CorrectReporter")]
public sealed record CorrectReporter(
    Guid CommandId, Actor By, [property: Id(0)] string Reporter, [property: Id(1)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>What is personal in the facts before this one cannot be read any more.</summary>
/// <param name="Photos">Hashes of the photos that went.</param>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("CaseErased")]
public sealed record CaseErased(
    DateTimeOffset At, string By, [property: Id(0)] string Reason, [property: Id(1)] bool ContactOnly,
    [property: Id(2)] ImmutableArray<string> Photos, [property: Id(3)] string? Person) : IncidentFact(At, By), IFact
{
    Erasure? IFact.Erasure => new(ContactOnly ? PersonalPart.Contact : PersonalPart.Words, Photos);
}

/// <summary>The reporter is this one, whatever was said before.</summary>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("ReporterCorrected")]
public sealed record ReporterCorrected(
    DateTimeOffset At, string By, [property: Id(0), Contact] string Reporter, [property: Id(1), Words] string Reason)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() =>
        this with { Reporter = string.Empty, Reason = PersonalText.Mask(Reason) };
}
