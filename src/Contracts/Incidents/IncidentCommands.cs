using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Incidents;

/// <summary>
/// An order to one case. The same <see cref="CommandId"/> again is answered with the first answer; a refusal is not
/// remembered. Texts are 1-<see cref="TextMax"/> characters, checked at the door.
/// </summary>
[GenerateSerializer, Immutable, Alias("IncidentCommand")]
public abstract record IncidentCommand([property: Id(0)] Guid CommandId, [property: Id(1)] Actor By) : ICommand
{
    /// <summary>Longest description, reason or result in characters (DESIGN "Bounds").</summary>
    public const int TextMax = 4_000;
}

/// <summary>Opens the case under the number that is the grain's key.</summary>
/// <param name="Line">Null: the line of the category's standard.</param>
/// <param name="AlarmKey">For device alarms: the same key again while the case is open is one case.</param>
/// <param name="Order">The order of the hotline that it is; its kind sets the limit. Null for other cases.</param>
[GenerateSerializer, Immutable, Alias("ReportIncident")]
public sealed record ReportIncident(
    Guid CommandId,
    Actor By,
    [property: Id(0)] string Category,
    [property: Id(1)] string Description,
    [property: Id(2)] GeoPoint? Position,
    [property: Id(3)] Line? Line,
    [property: Id(4)] Severity? Severity,
    [property: Id(5)] Source Source,
    [property: Id(6)] string? Reporter,
    [property: Id(7)] string? AlarmKey,
    [property: Id(8)] HotlineOrder? Order = null) : IncidentCommand(CommandId, By), ICommand
{
    /// <summary>An alarm's words are made of its standard's, which may have changed since.</summary>
    ICommand ICommand.AsSent =>
        AlarmKey is null ? this : this with { Category = string.Empty, Description = string.Empty };
}

/// <summary>Names the one responsible owner: a worker or a department.</summary>
[GenerateSerializer, Immutable, Alias("DispatchIncident")]
public sealed record DispatchIncident(Guid CommandId, Actor By, [property: Id(0)] string Owner)
    : IncidentCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("SelfHandleIncident")]
public sealed record SelfHandleIncident(Guid CommandId, Actor By) : IncidentCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("RejectIncident")]
public sealed record RejectIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

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

[GenerateSerializer, Immutable, Alias("InspectIncident")]
public sealed record InspectIncident(
    Guid CommandId, Actor By, [property: Id(0)] bool Pass, [property: Id(1)] string? Reason)
    : IncidentCommand(CommandId, By);

/// <summary>Tells the reporter how it ended; the case is closed by it.</summary>
[GenerateSerializer, Immutable, Alias("TellReporter")]
public sealed record TellReporter(Guid CommandId, Actor By, [property: Id(0)] string Text)
    : IncidentCommand(CommandId, By);

/// <param name="Score">1 to 5.</param>
[GenerateSerializer, Immutable, Alias("EvaluateIncident")]
public sealed record EvaluateIncident(
    Guid CommandId, Actor By, [property: Id(0)] int Score, [property: Id(1)] string? Comment)
    : IncidentCommand(CommandId, By);

/// <summary>Takes a closed case up again; it is the same case, reported anew.</summary>
[GenerateSerializer, Immutable, Alias("ReopenIncident")]
public sealed record ReopenIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>Passes the case to the desk one tier up.</summary>
[GenerateSerializer, Immutable, Alias("EscalateIncident")]
public sealed record EscalateIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>Gives the case back to a desk below, on the way to its grid.</summary>
[GenerateSerializer, Immutable, Alias("HandBackIncident")]
public sealed record HandBackIncident(
    Guid CommandId, Actor By, [property: Id(0)] AreaCode To, [property: Id(1)] string Reason)
    : IncidentCommand(CommandId, By);

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

/// <summary>Puts the case under supervision, or on another level of it.</summary>
/// <param name="Level">1 to <see cref="Supervision.LevelMax"/>.</param>
[GenerateSerializer, Immutable, Alias("SuperviseIncident")]
public sealed record SuperviseIncident(
    Guid CommandId, Actor By, [property: Id(0)] SupervisionKind Kind, [property: Id(1)] int Level,
    [property: Id(2)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>The same matter as another case, which goes on for both.</summary>
[GenerateSerializer, Immutable, Alias("MergeIncident")]
public sealed record MergeIncident(Guid CommandId, Actor By, [property: Id(0)] CaseNumber Into)
    : IncidentCommand(CommandId, By);

/// <summary>Told by a case that was merged to the one that goes on; no door sends it.</summary>
[GenerateSerializer, Immutable, Alias("TakeMerged")]
public sealed record TakeMerged(Guid CommandId, Actor By, [property: Id(0)] CaseNumber From)
    : IncidentCommand(CommandId, By);

/// <summary>The owner of a case that was late says that it was not to blame.</summary>
[GenerateSerializer, Immutable, Alias("AppealIncident")]
public sealed record AppealIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>One of the two reviews of an appeal.</summary>
[GenerateSerializer, Immutable, Alias("ReviewAppeal")]
public sealed record ReviewAppeal(
    Guid CommandId, Actor By, [property: Id(0)] bool Grant, [property: Id(1)] string? Reason)
    : IncidentCommand(CommandId, By);

/// <summary>Calls departments to the case 街镇吹哨: each has to check in by a time, and the town leads.</summary>
[GenerateSerializer, Immutable, Alias("SummonDepartments")]
public sealed record SummonDepartments(
    Guid CommandId, Actor By, [property: Id(0)] ImmutableArray<string> Departments,
    [property: Id(1)] DateTimeOffset Due, [property: Id(2)] string Reason) : IncidentCommand(CommandId, By);

/// <summary>A department that was summoned has come 部门报到.</summary>
[GenerateSerializer, Immutable, Alias("CheckIn")]
public sealed record CheckIn(Guid CommandId, Actor By) : IncidentCommand(CommandId, By);

/// <summary>
/// A worker who goes off duty gives the case to another one 交接班; sent with the shift, by no door of its own.
/// </summary>
[GenerateSerializer, Immutable, Alias("HandOverIncident")]
public sealed record HandOverIncident(
    Guid CommandId, Actor By, [property: Id(0)] string From, [property: Id(1)] string To)
    : IncidentCommand(CommandId, By);

/// <summary>Asks when it will be done 催办: on record, and more supervision where the case is late.</summary>
[GenerateSerializer, Immutable, Alias("RemindIncident")]
public sealed record RemindIncident(Guid CommandId, Actor By, [property: Id(0)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>Adds a photo, whose bytes are in the evidence store already.</summary>
[GenerateSerializer, Immutable, Alias("AddPhoto")]
public sealed record AddPhoto(Guid CommandId, Actor By, [property: Id(0)] Photo Photo) : IncidentCommand(CommandId, By);

/// <summary>Calls other lines of work to the case 多条线协同: they see it and say what they know, one owns it.</summary>
[GenerateSerializer, Immutable, Alias("CallLines")]
public sealed record CallLines(
    Guid CommandId, Actor By, [property: Id(0)] ImmutableArray<Line> Lines, [property: Id(1)] string Reason)
    : IncidentCommand(CommandId, By);

/// <summary>A word of somebody who sees the case and works on such.</summary>
[GenerateSerializer, Immutable, Alias("NoteIncident")]
public sealed record NoteIncident(Guid CommandId, Actor By, [property: Id(0)] string Text)
    : IncidentCommand(CommandId, By);

/// <summary>The owner says who the dispute is between.</summary>
/// <param name="Parties"><see cref="Party.CountMin"/> to <see cref="Party.CountMax"/>, checked at the door.</param>
[GenerateSerializer, Immutable, Alias("NameParties")]
public sealed record NameParties(Guid CommandId, Actor By, [property: Id(0)] ImmutableArray<Party> Parties)
    : IncidentCommand(CommandId, By);

/// <summary>The owner puts a session of mediation on record.</summary>
[GenerateSerializer, Immutable, Alias("HoldMediation")]
public sealed record HoldMediation(Guid CommandId, Actor By, [property: Id(0)] MediationSession Session)
    : IncidentCommand(CommandId, By);
