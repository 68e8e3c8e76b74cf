using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;

namespace GridMesh.Contracts.Incidents;

/// <summary>
/// A case in the case list, written in the transaction of its facts. The open-case index is the part of it that is not
/// closed.
/// </summary>
/// <param name="Version">Version of the case; a row never goes back.</param>
/// <param name="ReportedDay">China day of the report as yyyyMMdd.</param>
/// <param name="ClosedDay">China day on which it left the open steps, 0 while open.</param>
/// <param name="AlsoLines">Lines called to it besides its own, as bits, the first line the lowest one.</param>
/// <param name="RungAt">While it is overdue: when the next rung of its ladder is due, null where none is.</param>
[GenerateSerializer, Immutable, Alias("CaseRow")]
public sealed record CaseRow(
    [property: Id(0)] CaseNumber Number,
    [property: Id(1)] long Version,
    [property: Id(2)] Step Step,
    [property: Id(3)] string Category,
    [property: Id(4)] Line Line,
    [property: Id(5)] Severity Severity,
    [property: Id(6)] Source Source,
    [property: Id(7)] string Description,
    [property: Id(8)] GeoPoint? Position,
    [property: Id(9)] DateTimeOffset ReportedAt,
    [property: Id(10)] DateTimeOffset? DueAt,
    [property: Id(11)] bool Overdue,
    [property: Id(12)] string? Owner,
    [property: Id(13)] AreaCode Desk,
    [property: Id(14)] string? AlarmKey,
    [property: Id(15)] int ReportedDay,
    [property: Id(16)] int ClosedDay,
    [property: Id(17)] int AlsoLines = 0,
    [property: Id(18)] DateTimeOffset? RungAt = null);
