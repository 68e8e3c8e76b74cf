using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Gateway.Public;

/// <summary>
/// What everybody may know of a case: the one place that says so. Who reported or handles it is in none of it.
/// </summary>
/// <param name="Standard">With what follows null unless the case is of a public line.</param>
/// <param name="Grid">The place; every case of a public line has one.</param>
public sealed record PublicCase(
    CaseNumber Id, Step Step, bool IsPublic, string? Category, FilingStandard? Standard, string? Description,
    AreaCode? Grid, GeoPoint? Position, Source Source, DateTimeOffset ReportedAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? DueAt, string? Text)
{
    internal static PublicCase Of(CaseRow row, CaseNews news, DirectoryView view, PublicLines lines) => Of(
        row.Number, row.Step, row.Category, row.Line, row.Description, row.Position, row.Source, row.ReportedAt, news,
        view, lines);

    internal static PublicCase Of(IncidentView incident, DirectoryView view, PublicLines lines) => Of(
        incident.Id, incident.Step, incident.Category, incident.Line, incident.Description, incident.Position,
        incident.Source, incident.ReportedAt, CaseNews.Of(incident), view, lines);

    private static PublicCase Of(
        CaseNumber number, Step step, string category, Line line, string description, GeoPoint? position,
        Source source, DateTimeOffset reportedAt, CaseNews news, DirectoryView view, PublicLines lines) =>
        lines.All.Contains(line)
            ? new PublicCase(
                number, step, true, category, view.Standards.GetValueOrDefault(category),
                PublicText.OfDescription(description), number.Grid, position, source, reportedAt, news.UpdatedAt,
                news.HandleDue, news.Text)
            : new PublicCase(
                number, step, false, null, null, null, null, null, source, reportedAt, news.UpdatedAt, news.HandleDue,
                null);
}
