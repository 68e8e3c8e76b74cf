using System.Globalization;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Open311;

/// <summary>Cases as service requests, with nothing in them that is not for everybody.</summary>
internal sealed class RequestDocuments(DirectoryView view, ImmutableArray<Line> publicLines)
{
    public static Document Of(IEnumerable<Part> requests) =>
        new("service_requests", new Listing("request", requests));

    /// <summary>Always of a public line: the search asks for no other.</summary>
    public Part ItemOf(CaseRow row, CaseNews news) => Item(
        row.Number, row.Step, row.Category, row.Line, row.Source, row.Description, row.Position, row.ReportedAt,
        row.Owner, news);

    public Part ItemOf(IncidentView incident) => Item(
        incident.Id, incident.Step, incident.Category, incident.Line, incident.Source, incident.Description,
        incident.Position, incident.ReportedAt, incident.Owner, CaseNews.Of(incident));

    public static string TimeOf(DateTimeOffset at) =>
        at.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private Fields Item(
        CaseNumber number, Step step, string category, Line line, Source source, string description,
        GeoPoint? position, DateTimeOffset reportedAt, string? owner, CaseNews news)
    {
        var isPublic = publicLines.Contains(line);
        var standard = isPublic ? view.Standards.GetValueOrDefault(category) : null;
        return new Fields(
            ("service_request_id", number.Value),
            ("status", step.IsOpen() ? "open" : "closed"),
            ("status_notes", isPublic ? news.Text : null),
            ("service_name", standard is null ? null : ServiceDocuments.NameOf(standard)),
            ("service_code", isPublic ? category : null),
            ("description", isPublic ? PublicText.OfDescription(description) : null),
            ("agency_responsible", isPublic ? AgencyOf(owner, standard) : null),
            ("service_notice", NoticeOf(standard, source)),
            ("requested_datetime", TimeOf(reportedAt)),
            ("updated_datetime", TimeOf(news.UpdatedAt)),
            ("expected_datetime", news.HandleDue is { } due ? TimeOf(due) : null),
            ("address", isPublic ? AddressOf(number.Grid) : null),
            ("address_id", isPublic ? number.Grid.Value : null),
            ("zipcode", (string?)null),
            ("lat", isPublic ? position?.Lat : null),
            ("long", isPublic ? position?.Lng : null),
            ("media_url", (string?)null));
    }

    /// <summary>Orders of the hotline have limits of their own, which are between it and its caller.</summary>
    private static string? NoticeOf(FilingStandard? standard, Source source) =>
        standard is null || source == Source.Hotline ? null : ServiceDocuments.NoticeOf(standard);

    /// <summary>A department by its name; of a worker only whom the standard holds responsible.</summary>
    private string? AgencyOf(string? owner, FilingStandard? standard) =>
        view.Departments.GetValueOrDefault(owner ?? standard?.Responsible ?? "") is { } department ? department.Name
        : view.Departments.GetValueOrDefault(standard?.Responsible ?? "")?.Name;

    /// <summary>The names from the district down to the grid: no case says a street and a number.</summary>
    private string AddressOf(AreaCode grid) => string.Join(' ', Enumerable
        .Range((int)Tier.District, (int)Tier.Grid - (int)Tier.District + 1)
        .Select(tier => view.Areas.GetValueOrDefault(grid.At((Tier)tier))?.Name)
        .OfType<string>());
}
