using System.Text.Json.Serialization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Incidents;

/// <summary>A case as walls and lists show it: no personal data.</summary>
/// <param name="AlsoLines">Lines called to it besides its own, as bits: not shown, but who may see it.</param>
[GenerateSerializer, Immutable, Alias("IncidentCard")]
public sealed record IncidentCard(
    [property: Id(0)] CaseNumber Id,
    [property: Id(1)] AreaCode Grid,
    [property: Id(2)] Step Step,
    [property: Id(3)] long Version,
    [property: Id(4)] string Category,
    [property: Id(5)] Line Line,
    [property: Id(6)] Severity Severity,
    [property: Id(7)] GeoPoint? Position,
    [property: Id(8)] DateTimeOffset ReportedAt,
    [property: Id(9)] DateTimeOffset? DueAt,
    [property: Id(10)] bool Overdue,
    [property: Id(11)] string? Owner,
    [property: Id(12)] AreaCode Desk,
    [property: Id(13), JsonIgnore] int AlsoLines = 0)
{
    /// <summary>All lines whose case it is, as bits.</summary>
    [JsonIgnore]
    public int LineBits => AlsoLines | (1 << (int)Line);
}

/// <summary>One fact of a case with its place in the history.</summary>
/// <param name="Seq">1 for the report, then one more for each fact.</param>
[GenerateSerializer, Immutable, Alias("HistoryEntry")]
public sealed record HistoryEntry([property: Id(0)] long Seq, [property: Id(1)] IncidentFact Fact);

/// <summary>A whole case (API "Case").</summary>
/// <param name="Desk">The area at whose desk it lies.</param>
/// <param name="Evaluation">1 to 5, null until evaluated.</param>
/// <param name="Order">The order of the hotline that it is, null for other cases.</param>
/// <param name="Reminders">How often somebody asked when it will be done.</param>
/// <param name="AlsoLines">Lines that were called to it besides its own; null for most.</param>
/// <param name="Mediation">Of a dispute whose parties were named; null for other cases.</param>
[GenerateSerializer, Immutable, Alias("IncidentView")]
public sealed record IncidentView(
    [property: Id(0)] CaseNumber Id,
    [property: Id(1)] AreaCode Grid,
    [property: Id(2)] Step Step,
    [property: Id(3)] long Version,
    [property: Id(4)] string Category,
    [property: Id(5)] Line Line,
    [property: Id(6)] Severity Severity,
    [property: Id(7), Words] string Description,
    [property: Id(8)] GeoPoint? Position,
    [property: Id(9)] DateTimeOffset ReportedAt,
    [property: Id(10)] Source Source,
    [property: Id(11), Contact] string? Reporter,
    [property: Id(12)] string? Owner,
    [property: Id(13)] AreaCode Desk,
    [property: Id(14)] DateTimeOffset? DueAt,
    [property: Id(15)] bool Overdue,
    [property: Id(16)] int Returns,
    [property: Id(17)] int Rework,
    [property: Id(18)] int? Evaluation,
    [property: Id(19)] ImmutableArray<HistoryEntry> History,
    [property: Id(20)] CaseMarks? Marks = null,
    [property: Id(21)] HotlineOrder? Order = null,
    [property: Id(22)] int Reminders = 0,
    [property: Id(23)] ImmutableArray<Photo>? Photos = null,
    [property: Id(24)] ImmutableArray<Line>? AlsoLines = null,
    [property: Id(25)] CaseMediation? Mediation = null);

/// <summary>The answer to a command: the case, or why not.</summary>
/// <param name="Reject">Null when it was done.</param>
/// <param name="Case">The case after the command; on a reject as it stands, null if there is none.</param>
[GenerateSerializer, Immutable, Alias("CommandOutcome")]
public sealed record CommandOutcome([property: Id(0)] RejectCode? Reject, [property: Id(1)] IncidentView? Case);
