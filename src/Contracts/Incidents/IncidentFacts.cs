using System.Text.Json.Serialization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Geo;

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
[JsonDerivedType(typeof(IncidentReopened), nameof(IncidentReopened))]
[JsonDerivedType(typeof(IncidentEscalated), nameof(IncidentEscalated))]
[JsonDerivedType(typeof(IncidentHandedBack), nameof(IncidentHandedBack))]
[JsonDerivedType(typeof(ExtensionAsked), nameof(ExtensionAsked))]
[JsonDerivedType(typeof(ExtensionGranted), nameof(ExtensionGranted))]
[JsonDerivedType(typeof(SuspensionAsked), nameof(SuspensionAsked))]
[JsonDerivedType(typeof(IncidentSuspended), nameof(IncidentSuspended))]
[JsonDerivedType(typeof(RequestRefused), nameof(RequestRefused))]
[JsonDerivedType(typeof(IncidentResumed), nameof(IncidentResumed))]
[JsonDerivedType(typeof(IncidentSupervised), nameof(IncidentSupervised))]
[JsonDerivedType(typeof(IncidentMerged), nameof(IncidentMerged))]
[JsonDerivedType(typeof(MergedCaseTaken), nameof(MergedCaseTaken))]
[JsonDerivedType(typeof(IncidentAppealed), nameof(IncidentAppealed))]
[JsonDerivedType(typeof(AppealReviewed), nameof(AppealReviewed))]
[JsonDerivedType(typeof(DepartmentsSummoned), nameof(DepartmentsSummoned))]
[JsonDerivedType(typeof(DepartmentCheckedIn), nameof(DepartmentCheckedIn))]
[JsonDerivedType(typeof(IncidentHandedOver), nameof(IncidentHandedOver))]
[JsonDerivedType(typeof(IncidentReminded), nameof(IncidentReminded))]
[JsonDerivedType(typeof(PhotoAdded), nameof(PhotoAdded))]
[JsonDerivedType(typeof(LinesCalled), nameof(LinesCalled))]
[JsonDerivedType(typeof(IncidentNoted), nameof(IncidentNoted))]
[JsonDerivedType(typeof(RungPassed), nameof(RungPassed))]
[JsonDerivedType(typeof(PartiesNamed), nameof(PartiesNamed))]
[JsonDerivedType(typeof(MediationHeld), nameof(MediationHeld))]
public abstract record IncidentFact([property: Id(0)] DateTimeOffset At, [property: Id(1)] string By) : IFact;

/// <param name="DispatchDue">When it has to be dispatched by.</param>
/// <param name="Limit">The standard's limit when it was filed, in units of <paramref name="Clock"/>; it stays the
/// case's own, whatever becomes of the standard. Null in facts from before it was kept.</param>
/// <param name="Ladder">The rungs that the case was filed under, its own like the limit; null where no ladder is.
/// </param>
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
    [property: Id(8)] DateTimeOffset DispatchDue,
    [property: Id(9)] int? Limit = null,
    [property: Id(10)] ClockKind? Clock = null,
    [property: Id(11)] HotlineOrder? Order = null,
    [property: Id(12)] ImmutableArray<Rung>? Ladder = null) : IncidentFact(At, By);

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
/// <param name="RungAt">When the first rung of the case's ladder is due; null where none is.</param>
[GenerateSerializer, Immutable, Alias("DeadlinePassed")]
public sealed record DeadlinePassed(
    DateTimeOffset At, string By, [property: Id(0)] Step Step, [property: Id(1)] DateTimeOffset Due,
    [property: Id(2)] DateTimeOffset? RungAt = null)
    : IncidentFact(At, By);

/// <summary>
/// A rung of the ladder came due while the case was late at the same step. What it does to the case is a fact of its
/// own beside this one; where the case is as high already, it does nothing. Unique for one case, step, deadline and
/// rung.
/// </summary>
/// <param name="Due">When the rung was due; <see cref="IncidentFact.At"/> is when it was written.</param>
/// <param name="Rung">Counted from 1 in its step.</param>
/// <param name="RungAt">When the next rung is due; null after the last.</param>
[GenerateSerializer, Immutable, Alias("RungPassed")]
public sealed record RungPassed(
    DateTimeOffset At, string By, [property: Id(0)] Step Step, [property: Id(1)] DateTimeOffset Due,
    [property: Id(2)] int Rung, [property: Id(3)] DateTimeOffset? RungAt) : IncidentFact(At, By);

/// <summary>A closed case is taken up again and waits for dispatch like a new one.</summary>
[GenerateSerializer, Immutable, Alias("IncidentReopened")]
public sealed record IncidentReopened(
    DateTimeOffset At, string By, [property: Id(0)] string Reason, [property: Id(1)] DateTimeOffset DispatchDue)
    : IncidentFact(At, By);

/// <param name="Reason">Somebody's words; empty where the clock did it. Clocks of before wrote a sentence.</param>
/// <param name="Desk">Where it lies from now on, one tier up.</param>
/// <param name="MinutesPast">Where the clock did it: minutes of its rung past the deadline.</param>
[GenerateSerializer, Immutable, Alias("IncidentEscalated")]
public sealed record IncidentEscalated(
    DateTimeOffset At, string By, [property: Id(0)] string Reason, [property: Id(1)] AreaCode Desk,
    [property: Id(2)] int? MinutesPast = null) : IncidentFact(At, By);

/// <param name="Desk">Where it lies from now on, below the desk that had it.</param>
[GenerateSerializer, Immutable, Alias("IncidentHandedBack")]
public sealed record IncidentHandedBack(
    DateTimeOffset At, string By, [property: Id(0)] string Reason, [property: Id(1)] AreaCode Desk)
    : IncidentFact(At, By);

/// <param name="Hours">How much more, in hours in which the case's clock runs.</param>
[GenerateSerializer, Immutable, Alias("ExtensionAsked")]
public sealed record ExtensionAsked(
    DateTimeOffset At, string By, [property: Id(0)] int Hours, [property: Id(1)] string Reason) : IncidentFact(At, By);

/// <param name="HandleDue">The deadline from now on.</param>
[GenerateSerializer, Immutable, Alias("ExtensionGranted")]
public sealed record ExtensionGranted(
    DateTimeOffset At, string By, [property: Id(0)] DateTimeOffset HandleDue, [property: Id(1)] string? Reason)
    : IncidentFact(At, By);

[GenerateSerializer, Immutable, Alias("SuspensionAsked")]
public sealed record SuspensionAsked(DateTimeOffset At, string By, [property: Id(0)] string Reason)
    : IncidentFact(At, By);

/// <param name="Remaining">Time left on the handling clock, in its own running time.</param>
[GenerateSerializer, Immutable, Alias("IncidentSuspended")]
public sealed record IncidentSuspended(
    DateTimeOffset At, string By, [property: Id(0)] TimeSpan Remaining, [property: Id(1)] string? Reason)
    : IncidentFact(At, By);

[GenerateSerializer, Immutable, Alias("RequestRefused")]
public sealed record RequestRefused(
    DateTimeOffset At, string By, [property: Id(0)] RequestKind Kind, [property: Id(1)] string? Reason)
    : IncidentFact(At, By);

/// <param name="HandleDue">What was left of the limit, from now on.</param>
[GenerateSerializer, Immutable, Alias("IncidentResumed")]
public sealed record IncidentResumed(DateTimeOffset At, string By, [property: Id(0)] DateTimeOffset HandleDue)
    : IncidentFact(At, By);

/// <param name="Reason">As of <see cref="IncidentEscalated"/>, and so is the last one.</param>
[GenerateSerializer, Immutable, Alias("IncidentSupervised")]
public sealed record IncidentSupervised(
    DateTimeOffset At, string By, [property: Id(0)] SupervisionKind Kind, [property: Id(1)] int Level,
    [property: Id(2)] string Reason, [property: Id(3)] int? MinutesPast = null) : IncidentFact(At, By);

/// <param name="Into">The case that goes on for both.</param>
[GenerateSerializer, Immutable, Alias("IncidentMerged")]
public sealed record IncidentMerged(DateTimeOffset At, string By, [property: Id(0)] CaseNumber Into)
    : IncidentFact(At, By);

/// <param name="From">The case that was found to be the same matter.</param>
[GenerateSerializer, Immutable, Alias("MergedCaseTaken")]
public sealed record MergedCaseTaken(DateTimeOffset At, string By, [property: Id(0)] CaseNumber From)
    : IncidentFact(At, By);

[GenerateSerializer, Immutable, Alias("IncidentAppealed")]
public sealed record IncidentAppealed(DateTimeOffset At, string By, [property: Id(0)] string Reason)
    : IncidentFact(At, By);

/// <summary>One of two reviews: both have to grant it. The lateness stays on record whatever comes of it.</summary>
[GenerateSerializer, Immutable, Alias("AppealReviewed")]
public sealed record AppealReviewed(
    DateTimeOffset At, string By, [property: Id(0)] bool Grant, [property: Id(1)] string? Reason)
    : IncidentFact(At, By);

/// <param name="Due">When each has to have checked in.</param>
[GenerateSerializer, Immutable, Alias("DepartmentsSummoned")]
public sealed record DepartmentsSummoned(
    DateTimeOffset At, string By, [property: Id(0)] ImmutableArray<string> Departments,
    [property: Id(1)] DateTimeOffset Due, [property: Id(2)] string Reason) : IncidentFact(At, By);

/// <param name="IsLate">It came after its time: on record whatever comes after.</param>
[GenerateSerializer, Immutable, Alias("DepartmentCheckedIn")]
public sealed record DepartmentCheckedIn(
    DateTimeOffset At, string By, [property: Id(0)] string Department, [property: Id(1)] bool IsLate)
    : IncidentFact(At, By);

/// <summary>Another owner goes on at the same step and on the same clock.</summary>
[GenerateSerializer, Immutable, Alias("IncidentHandedOver")]
public sealed record IncidentHandedOver(
    DateTimeOffset At, string By, [property: Id(0)] string From, [property: Id(1)] string To)
    : IncidentFact(At, By);

/// <summary>Somebody asked when it will be done.</summary>
[GenerateSerializer, Immutable, Alias("IncidentReminded")]
public sealed record IncidentReminded(DateTimeOffset At, string By, [property: Id(0)] string Reason)
    : IncidentFact(At, By);

/// <summary>A photo belongs to the case from now on.</summary>
[GenerateSerializer, Immutable, Alias("PhotoAdded")]
public sealed record PhotoAdded(DateTimeOffset At, string By, [property: Id(0)] Photo Photo) : IncidentFact(At, By);

/// <summary>Other lines of work see the case from now on; its line, owner and clock stay.</summary>
/// <param name="Lines">Those that did not see it before.</param>
[GenerateSerializer, Immutable, Alias("LinesCalled")]
public sealed record LinesCalled(
    DateTimeOffset At, string By, [property: Id(0)] ImmutableArray<Line> Lines, [property: Id(1)] string Reason)
    : IncidentFact(At, By);

/// <summary>Somebody who works on cases has something to say about it.</summary>
[GenerateSerializer, Immutable, Alias("IncidentNoted")]
public sealed record IncidentNoted(DateTimeOffset At, string By, [property: Id(0)] string Text) : IncidentFact(At, By);

/// <summary>Who the dispute is between, in place of whoever was named before.</summary>
[GenerateSerializer, Immutable, Alias("PartiesNamed")]
public sealed record PartiesNamed(DateTimeOffset At, string By, [property: Id(0)] ImmutableArray<Party> Parties)
    : IncidentFact(At, By);

/// <summary>The parties sat together.</summary>
[GenerateSerializer, Immutable, Alias("MediationHeld")]
public sealed record MediationHeld(DateTimeOffset At, string By, [property: Id(0)] MediationSession Session)
    : IncidentFact(At, By);
