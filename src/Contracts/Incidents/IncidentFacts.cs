using System.Text.Json.Serialization;
using GridMesh.Contracts.Areas;

namespace GridMesh.Contracts.Incidents;

/// <summary>
/// Something that happened to a case. Facts carry what was computed when they were decided (deadlines above all), so
/// that a fold needs no clock, calendar or standard. Stored as JSON with the type's name in <c>type</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("IncidentFact")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(IncidentReported), nameof(IncidentReported))]
[JsonDerivedType(typeof(IncidentSeenAgain), nameof(IncidentSeenAgain))]
[JsonDerivedType(typeof(IncidentDispatched), nameof(IncidentDispatched))]
[JsonDerivedType(typeof(IncidentSelfHandled), nameof(IncidentSelfHandled))]
[JsonDerivedType(typeof(IncidentRejected), nameof(IncidentRejected))]
[JsonDerivedType(typeof(IncidentAccepted), nameof(IncidentAccepted))]
[JsonDerivedType(typeof(IncidentReturned), nameof(IncidentReturned))]
[JsonDerivedType(typeof(IncidentResolved), nameof(IncidentResolved))]
[JsonDerivedType(typeof(InspectionPassed), nameof(InspectionPassed))]
[JsonDerivedType(typeof(InspectionFailed), nameof(InspectionFailed))]
[JsonDerivedType(typeof(ReporterTold), nameof(ReporterTold))]
[JsonDerivedType(typeof(IncidentEvaluated), nameof(IncidentEvaluated))]
[JsonDerivedType(typeof(DeadlinePassed), nameof(DeadlinePassed))]
public abstract record IncidentFact([property: Id(0)] DateTimeOffset At, [property: Id(1)] string By);

/// <param name="DispatchDue">When it has to be dispatched by.</param>
[GenerateSerializer, Immutable, Alias("IncidentReported")]
public sealed record IncidentReported(
    DateTimeOffset At,
    string By,
    [property: Id(0)] string Category,
    [property: Id(1)] Line Line,
    [property: Id(2)] Severity Severity,
    [property: Id(3)] string Description,
    [property: Id(4)] GeoPoint? Position,
    [property: Id(5)] Source Source,
    [property: Id(6)] string? Reporter,
    [property: Id(7)] string? AlarmKey,
    [property: Id(8)] DateTimeOffset DispatchDue) : IncidentFact(At, By);

/// <summary>The same alarm again while the case is open: one case, one more sighting.</summary>
[GenerateSerializer, Immutable, Alias("IncidentSeenAgain")]
public sealed record IncidentSeenAgain(DateTimeOffset At, string By, [property: Id(0)] string Description)
    : IncidentFact(At, By);

/// <param name="AcceptDue">When the owner has to accept by.</param>
[GenerateSerializer, Immutable, Alias("IncidentDispatched")]
public sealed record IncidentDispatched(
    DateTimeOffset At, string By, [property: Id(0)] string Owner, [property: Id(1)] DateTimeOffset AcceptDue)
    : IncidentFact(At, By);

[GenerateSerializer, Immutable, Alias("IncidentSelfHandled")]
public sealed record IncidentSelfHandled(
    DateTimeOffset At, string By, [property: Id(0)] string Owner, [property: Id(1)] DateTimeOffset HandleDue)
    : IncidentFact(At, By);

[GenerateSerializer, Immutable, Alias("IncidentRejected")]
public sealed record IncidentRejected(DateTimeOffset At, string By, [property: Id(0)] string Reason)
    : IncidentFact(At, By);

/// <param name="HandleDue">The limit of the filing standard on its clock; what remained of it after a return.</param>
[GenerateSerializer, Immutable, Alias("IncidentAccepted")]
public sealed record IncidentAccepted(DateTimeOffset At, string By, [property: Id(0)] DateTimeOffset HandleDue)
    : IncidentFact(At, By);

/// <param name="Remaining">Time left on the handling clock, in that clock's own running time; null if not
/// started.</param>
[GenerateSerializer, Immutable, Alias("IncidentReturned")]
public sealed record IncidentReturned(
    DateTimeOffset At, string By, [property: Id(0)] string Reason, [property: Id(1)] TimeSpan? Remaining)
    : IncidentFact(At, By);

[GenerateSerializer, Immutable, Alias("IncidentResolved")]
public sealed record IncidentResolved(
    DateTimeOffset At,
    string By,
    [property: Id(0)] string Result,
    [property: Id(1)] ImmutableArray<string> Evidence,
    [property: Id(2)] DateTimeOffset InspectDue) : IncidentFact(At, By);

[GenerateSerializer, Immutable, Alias("InspectionPassed")]
public sealed record InspectionPassed(DateTimeOffset At, string By, [property: Id(0)] string? Reason)
    : IncidentFact(At, By);

/// <param name="HandleDue">The handling limit anew: rework counts one up.</param>
[GenerateSerializer, Immutable, Alias("InspectionFailed")]
public sealed record InspectionFailed(
    DateTimeOffset At, string By, [property: Id(0)] string Reason, [property: Id(1)] DateTimeOffset HandleDue)
    : IncidentFact(At, By);

[GenerateSerializer, Immutable, Alias("ReporterTold")]
public sealed record ReporterTold(DateTimeOffset At, string By, [property: Id(0)] string Text) : IncidentFact(At, By);

[GenerateSerializer, Immutable, Alias("IncidentEvaluated")]
public sealed record IncidentEvaluated(
    DateTimeOffset At, string By, [property: Id(0)] int Score, [property: Id(1)] string? Comment)
    : IncidentFact(At, By);

/// <summary>The clock of a step ran out. Unique for one case, step and deadline.</summary>
/// <param name="Due">The deadline that passed; <see cref="IncidentFact.At"/> is when it was written.</param>
[GenerateSerializer, Immutable, Alias("DeadlinePassed")]
public sealed record DeadlinePassed(
    DateTimeOffset At, string By, [property: Id(0)] Step Step, [property: Id(1)] DateTimeOffset Due)
    : IncidentFact(At, By);
