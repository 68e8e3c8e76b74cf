using GridMesh.Contracts.Access;
using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Incidents;

/// <summary>What an owner may ask a supervisor for.</summary>
[GenerateSerializer, Alias("RequestKind")]
public enum RequestKind
{
    /// <summary>延期: a later deadline.</summary>
    Extension,

    /// <summary>挂账: a clock that stands still.</summary>
    Suspension,
}

/// <summary>What the owner asked for and nobody has decided yet.</summary>
/// <param name="Hours">Of an extension: how much more, in hours in which the clock runs; else null.</param>
[GenerateSerializer, Immutable, Alias("CaseRequest")]
public sealed record CaseRequest(
    [property: Id(0)] RequestKind Kind,
    [property: Id(1)] int? Hours,
    [property: Id(2), Words] string Reason,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] string By);

/// <summary>The owner asks for more time.</summary>
/// <param name="Hours">How much more, in hours in which the case's clock runs.</param>
[GenerateSerializer, Immutable, Alias("AskExtension")]
public sealed record AskExtension(
    Guid CommandId, Actor By, [property: Id(0)] int Hours, [property: Id(1)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>
/// The owner asks to have the clock stopped, because something outside of its reach has to happen first; a supervisor
/// stops it.
/// </summary>
[GenerateSerializer, Immutable, Alias("SuspendIncident")]
public sealed record SuspendIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>A supervisor's yes or no to what the owner asked for.</summary>
[GenerateSerializer, Immutable, Alias("DecideRequest")]
public sealed record DecideRequest(
    Guid CommandId, Actor By, [property: Id(0)] bool Grant, [property: Id(1)] string? Reason)
    : IncidentCommand(CommandId, By);

/// <summary>The clock of a suspended case runs on.</summary>
[GenerateSerializer, Immutable, Alias("ResumeIncident")]
public sealed record ResumeIncident(Guid CommandId, Actor By) : IncidentCommand(CommandId, By);

/// <param name="Hours">How much more, in hours in which the case's clock runs.</param>
[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("ExtensionAsked")]
public sealed record ExtensionAsked(
    DateTimeOffset At, string By, [property: Id(0)] int Hours,
    [property: Id(1), Words] string Reason) : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

/// <param name="HandleDue">The deadline from now on.</param>
/// <param name="StaysOverdue">An earlier one had passed, and that is not taken back.</param>
/// <param name="RungAt">Then: when the next rung is due, null where none is.</param>
[CaseFact(isPublic: true, isCounted: false)]
[GenerateSerializer, Immutable, Alias("ExtensionGranted")]
public sealed record ExtensionGranted(
    DateTimeOffset At, string By, [property: Id(0)] DateTimeOffset HandleDue, [property: Id(1), Words] string? Reason,
    [property: Id(2)] bool StaysOverdue = false, [property: Id(3)] DateTimeOffset? RungAt = null)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("SuspensionAsked")]
public sealed record SuspensionAsked(DateTimeOffset At, string By, [property: Id(0), Words] string Reason)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

/// <param name="Remaining">
/// Time left on the handling clock, in its own running time; once its deadline has passed, that to the next rung.
/// </param>
/// <param name="StaysOverdue">Its deadline had passed, and that is not taken back.</param>
/// <param name="Until">When its clock runs on by itself; null in facts from before it had an end.</param>
[CaseFact(isPublic: true, isCounted: false)]
[GenerateSerializer, Immutable, Alias("IncidentSuspended")]
public sealed record IncidentSuspended(
    DateTimeOffset At, string By, [property: Id(0)] TimeSpan Remaining, [property: Id(1), Words] string? Reason,
    [property: Id(2)] bool StaysOverdue = false, [property: Id(3)] DateTimeOffset? Until = null)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

[CaseFact(isPublic: false, isCounted: false)]
[GenerateSerializer, Immutable, Alias("RequestRefused")]
public sealed record RequestRefused(
    DateTimeOffset At, string By, [property: Id(0)] RequestKind Kind, [property: Id(1), Words] string? Reason)
    : IncidentFact(At, By)
{
    public override IncidentFact WithoutPersons() => this with { Reason = PersonalText.Mask(Reason) };
}

/// <param name="HandleDue">What was left of the limit, from now on; of a case that is overdue as it was.</param>
/// <param name="RungAt">Of a case that is overdue: when the next rung is due, null where none is.</param>
[CaseFact(isPublic: true, isCounted: false)]
[GenerateSerializer, Immutable, Alias("IncidentResumed")]
public sealed record IncidentResumed(
    DateTimeOffset At, string By, [property: Id(0)] DateTimeOffset HandleDue,
    [property: Id(1)] DateTimeOffset? RungAt = null) : IncidentFact(At, By);
