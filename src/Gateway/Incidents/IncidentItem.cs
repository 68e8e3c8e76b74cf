using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Gateway.Incidents;

/// <summary>A case as lists show it.</summary>
internal sealed record IncidentItem(
    CaseNumber Id, AreaCode Grid, Step Step, long Version, string Category, Line Line, Severity Severity,
    string Description, GeoPoint? Position, DateTimeOffset ReportedAt, Source Source, string? Owner, AreaCode Desk,
    DateTimeOffset? DueAt, bool Overdue, ImmutableArray<Line>? AlsoLines)
{
    /// <summary>Words without the people in them: who needs those reads the case, and that is on record.</summary>
    public static IncidentItem Of(CaseRow row) => new(
        row.Number, row.Number.Grid, row.Step, row.Version, row.Category, row.Line, row.Severity,
        PersonalText.Mask(row.Description), row.Position, row.ReportedAt, row.Source, row.Owner, row.Desk,
        row.DueAt, row.Overdue,
        row.AlsoLines == 0 ? null : Lines.OfBits(row.AlsoLines));
}
