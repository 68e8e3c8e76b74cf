using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

/// <summary>Passes the case to the desk one tier up.</summary>
[GenerateSerializer, Immutable, Alias("EscalateIncident")]
public sealed record EscalateIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>Gives the case back to a desk below, on the way to its grid.</summary>
[GenerateSerializer, Immutable, Alias("HandBackIncident")]
public sealed record HandBackIncident(
    Guid CommandId, Actor By, [property: Id(0)] AreaCode To, [property: Id(1)] string Reason)
    : IncidentCommand(CommandId, By);

/// <param name="Reason">Somebody's words; empty where the clock did it. Clocks of before wrote a sentence.</param>
/// <param name="Desk">Where it lies from now on, one tier up.</param>
/// <param name="MinutesPast">Where the clock did it: minutes of its rung past the deadline.</param>
[CaseFact(isPublic: false, isCounted: true)]
[GenerateSerializer, Immutable, Alias("IncidentEscalated")]
public sealed record IncidentEscalated(
    DateTimeOffset At, string By, [property: Id(0), Words] string Reason, [property: Id(1)] AreaCode Desk,
    [property: Id(2)] int? MinutesPast = null) : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

/// <param name="Desk">Where it lies from now on, below the desk that had it.</param>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("IncidentHandedBack")]
public sealed record IncidentHandedBack(
    DateTimeOffset At, string By, [property: Id(0), Words] string Reason, [property: Id(1)] AreaCode Desk)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}
