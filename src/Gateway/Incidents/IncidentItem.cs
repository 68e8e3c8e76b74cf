using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;

namespace GridMesh.Gateway.Incidents;

/// <summary>A case as lists show it.</summary>
internal sealed record IncidentItem(
    CaseNumber Id, AreaCode Grid, Step Step, long Version, string Category, Line Line, Severity Severity,
    string Description, GeoPoint? Position, DateTimeOffset ReportedAt, Source Source, string? Owner, AreaCode Desk,
    DateTimeOffset? DueAt, bool Overdue, ImmutableArray<Line>? AlsoLines);
