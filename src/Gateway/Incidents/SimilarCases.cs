using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

/// <summary>An open case that may be the same matter.</summary>
/// <param name="Metres">As the crow flies from the place asked about.</param>
internal sealed record SimilarItem(
    CaseNumber Id, AreaCode Grid, Step Step, string Category, DateTimeOffset ReportedAt, double Metres);

/// <summary>
/// Whether a matter is known already: asked before a report, and told with its answer. The dispatcher merges what is
/// the same; nothing is merged by itself.
/// </summary>
internal sealed class SimilarCases(
    IClusterClient client, GridLocator locator, TimeProvider time, ILogger<SimilarCases> log)
{
    private const double MetresDefault = 100;
    private const int HoursDefault = 72;
    private const int LimitMax = 50;

    /// <summary>Told with the answer to a report.</summary>
    private const int LinksMax = 5;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("incidents/similar", GetAsync)
            .Describe(
                "listSimilarIncidents",
                "Open cases of a category near a place: what may be the same matter, nearest first",
                "疑似重复：附近同类未结案件")
            .Produces<Page<SimilarItem>>();

    /// <summary>What is looked for when something is reported; null where no place is told.</summary>
    public SimilarQuery? Near(string category, GeoPoint? position) => position is { } place
        ? new SimilarQuery(category, place, MetresDefault, Now.AddHours(-HoursDefault))
        : null;

    /// <summary>
    /// Puts links to what may be the same into the answer to a report (RFC 8288, relation <c>similar</c>). Its own grid
    /// has answered with the report; those at the place's other side are asked.
    /// </summary>
    public async Task LinkAsync(HttpResponse response, ReportOutcome outcome, Actor me)
    {
        if (outcome.Case is not { } made || Near(made.Category, made.Position) is not { } query)
            return;

        try
        {
            var beside = await AskAsync(query, grid => grid != made.Grid && me.Sees(grid));
            var items = Sorted(outcome.Similar.Concat(beside), query, me).Where(item => item.Id != made.Id);
            foreach (var item in items.Take(LinksMax))
                response.Headers.Append("Link", $"</api/v1/incidents/{item.Id}>; rel=\"similar\"");
        }
        catch (Exception e)
        {
            // The report is durable, whatever becomes of this courtesy: an older silo does not know the question.
            log.LogDebug(e, "Nothing similar is told for {Case}", made.Id);
        }
    }

    private static async Task<IResult> GetAsync(
        [Required, MaxLength(ReportEndpoint.CategoryMax)] string? category,
        [Required, Range(-180d, 180d)] double? lng, [Required, Range(-90d, 90d)] double? lat,
        [Range(0d, SimilarQuery.MetresMax, MinimumIsExclusive = true)] double? metres,
        [Range(1, SimilarQuery.HoursMax)] int? hours, [Range(1, LimitMax)] int? limit, CurrentActor me,
        IDirectory directory, SimilarCases cases)
    {
        var check = new Check();
        var name = ReportEndpoint.Category(check, category, directory.Current);
        check.That(lng is not null && lat is not null, "lng", "and 'lat' are required");
        var place = check.Point(new GeoPoint(lng ?? 0, lat ?? 0), "lng") ?? default;
        if (check.Failed)
            return check.Problem;

        var since = cases.Now.AddHours(-(hours ?? HoursDefault));
        var found = await cases.FindAsync(new SimilarQuery(name, place, metres ?? MetresDefault, since), me.Actor);
        return Results.Ok(new Page<SimilarItem>([.. found.Take(limit ?? LimitMax)]));
    }

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Only what the asker may see; the nearest first.</summary>
    private async Task<IReadOnlyList<SimilarItem>> FindAsync(SimilarQuery query, Actor me) =>
        [.. Sorted(await AskAsync(query, me.Sees), query, me)];

    private async Task<IEnumerable<IncidentCard>> AskAsync(SimilarQuery query, Func<AreaCode, bool> isAsked) =>
        (await Task.WhenAll(locator.GridsNear(query.At, query.Metres).Where(isAsked)
            .Select(grid => client.GetGrain<IGridGrain>(grid.Value).FindSimilarAsync(query))))
        .SelectMany(some => some);

    private static IEnumerable<SimilarItem> Sorted(IEnumerable<IncidentCard> cards, SimilarQuery query, Actor me) =>
        cards.Where(card => me.Sees(card.Line))
            .Select(card => new SimilarItem(
                card.Id, card.Grid, card.Step, card.Category, card.ReportedAt,
                Math.Round(card.Position!.Value.MetresTo(query.At))))
            .OrderBy(item => item.Metres).ThenBy(item => item.Id.Value, StringComparer.Ordinal);
}
