using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

/// <summary>How far an appeal 申诉 has come.</summary>
[GenerateSerializer, Alias("AppealState")]
public enum AppealState
{
    None,

    /// <summary>Waits for its first reviewer.</summary>
    Asked,

    /// <summary>One reviewer granted it; waits for another one.</summary>
    GrantedOnce,

    /// <summary>Both granted it: exempt from the rates, the raw fact kept.</summary>
    Granted,
    Refused,
}

/// <summary>The owner of a case that was late says that it was not to blame.</summary>
[GenerateSerializer, Immutable, Alias("AppealIncident")]
public sealed record AppealIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>One of the two reviews of an appeal.</summary>
[GenerateSerializer, Immutable, Alias("ReviewAppeal")]
public sealed record ReviewAppeal(
    Guid CommandId, Actor By, [property: Id(0)] bool Grant, [property: Id(1)] string? Reason)
    : IncidentCommand(CommandId, By);

[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("IncidentAppealed")]
public sealed record IncidentAppealed(DateTimeOffset At, string By, [property: Id(0), Words] string Reason)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

/// <summary>One of two reviews: both have to grant it. The lateness stays on record whatever comes of it.</summary>
[CaseFact(isPublic: false, isCounted: true)]
[GenerateSerializer, Immutable, Alias("AppealReviewed")]
public sealed record AppealReviewed(
    DateTimeOffset At, string By, [property: Id(0)] bool Grant, [property: Id(1), Words] string? Reason)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}
