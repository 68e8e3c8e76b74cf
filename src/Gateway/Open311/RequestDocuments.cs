using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Open311;

/// <summary>Cases as service requests, with nothing in them that is not for everybody.</summary>
internal sealed class RequestDocuments(DirectoryView view, PublicLines lines)
{
    public static Document Of(IEnumerable<Part> requests) =>
        new("service_requests", new Listing("request", requests));

    /// <summary>Always of a public line: the search asks for no other.</summary>
    public Part ItemOf(CaseRow row, CaseNews news) => Item(PublicCase.Of(row, news, view, lines), row.Owner);

    public Part ItemOf(IncidentView incident) => Item(PublicCase.Of(incident, view, lines), incident.Owner);

    private Fields Item(PublicCase shown, string? owner) => new(
        ("service_request_id", shown.Id.Value),
        ("status", shown.Step.IsOpen() ? "open" : "closed"),
        ("status_notes", shown.Text),
        ("service_name", shown.Standard is { } standard ? ServiceDocuments.NameOf(standard) : null),
        ("service_code", shown.Category),
        ("description", shown.Description),
        ("agency_responsible", shown.IsPublic ? AgencyOf(owner, shown.Standard) : null),
        ("service_notice", NoticeOf(shown.Standard, shown.Source)),
        ("requested_datetime", ChinaTime.IsoText(shown.ReportedAt)),
        ("updated_datetime", ChinaTime.IsoText(shown.UpdatedAt)),
        ("expected_datetime", shown.DueAt is { } due ? ChinaTime.IsoText(due) : null),
        ("address", shown.Grid is { } grid ? AddressOf(grid) : null),
        ("address_id", shown.Grid?.Value),
        ("zipcode", (string?)null),
        ("lat", shown.Position?.Lat),
        ("long", shown.Position?.Lng),
        ("media_url", (string?)null));

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
