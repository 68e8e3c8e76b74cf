using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Public;

/// <summary>How far a case is, for whoever has its number.</summary>
/// <param name="Category">With its names and the last text: null unless the case is of a public line.</param>
/// <param name="DueAt">When it has to be handled by, once somebody has accepted it.</param>
internal sealed record PublicStatus(
    CaseNumber Id, Step Step, string? Category, string? CategoryName, string? CategoryNameEn,
    DateTimeOffset ReportedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DueAt, bool Closed, string? Text);

/// <summary>The status of a case for everybody: nothing personal, and no numbers looked up in bulk.</summary>
internal static class PublicEndpoints
{
    public static void MapPublic(this IEndpointRouteBuilder api) =>
        api.MapGet("public/incidents/{id}", GetAsync).AllowAnonymous()
            .Describe("getPublicStatus", "How far a case is, by its number, for everybody", "凭案件编号查询进度，人人可查")
            .Produces<PublicStatus>().Refuses(RejectCode.CaseNotFound);

    private static async Task<IResult> GetAsync(
        string id, HttpContext context, LookupLimits limits, IncidentService service, IDirectory directory,
        PublicLines lines)
    {
        if (limits.Refusal(context) is { } refusal)
            return refusal;

        if (await FindAsync(id, directory.Current, service) is not { } incident)
        {
            limits.Missed(context);
            return Problem.Of(RejectCode.CaseNotFound);
        }

        var shown = PublicCase.Of(incident, directory.Current, lines);
        return Results.Ok(new PublicStatus(
            shown.Id, shown.Step, shown.Category, shown.Standard?.Name, shown.Standard?.NameEn, shown.ReportedAt,
            shown.UpdatedAt, shown.DueAt, !shown.Step.IsOpen(), shown.Text));
    }

    /// <summary>Null for what is no number, or of another district: no case is woken for those.</summary>
    public static Task<IncidentView?> FindAsync(string id, DirectoryView view, IncidentService service) =>
        CaseNumber.TryParse(id, out var number, out _) && view.Areas.ContainsKey(number.Grid.District)
            ? service.FindAsync(number)
            : Task.FromResult<IncidentView?>(null);
}
