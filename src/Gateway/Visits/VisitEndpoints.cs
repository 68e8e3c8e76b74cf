using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Visits;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Areas;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Visits;

internal sealed record LinkBody(string? Kind, string? Visitor, string? Building, string? Household);

internal sealed record VisitBody(string? Text);

internal sealed record EndBody(string? Reason);

internal sealed record VisitItem(
    string Id, VisitKind Kind, string Visitor, BuildingCode Building, string Household, int From, int To, int Needed,
    int Done, DateTimeOffset? LastAt)
{
    public static VisitItem Of(VisitView view) => new(
        view.Link.Id, view.Link.Kind, view.Link.Visitor, view.Link.Building, view.Link.Household, view.From, view.To,
        view.Needed, view.Done, view.LastAt);
}

/// <summary>How an area's visits of the present periods stand.</summary>
/// <param name="Covered">Links that lack nothing.</param>
internal sealed record VisitCoverage(AreaCode Area, int Links, int Needed, int Done, int Covered)
{
    public static VisitCoverage Of(AreaCode area, IReadOnlyCollection<VisitView> views) => new(
        area, views.Count, views.Sum(view => view.Needed), views.Sum(view => Math.Min(view.Done, view.Needed)),
        views.Count(view => view.Done >= view.Needed));
}

/// <summary>Visits to households (docs/visits.md).</summary>
internal static class VisitEndpoints
{
    public static void MapVisits(this IEndpointRouteBuilder api)
    {
        api.MapPost("areas/{code}/visit-links", LinkAsync).WithSummary("Link a household to who visits it")
            .Produces<VisitItem>(StatusCodes.Status201Created);
        api.MapPost("areas/{code}/visit-links/{id}/end", (
            string code, string id, EndBody body, HttpContext context, CurrentActor me, IDirectory directory,
            IClusterClient client) => DoAsync(code, context, me.Actor, directory, client, (check, commandId) =>
                new EndLink(commandId, me.Actor, id, check.Text(body.Reason, "reason", IncidentCommand.TextMax))))
            .WithSummary("End a link").Produces(StatusCodes.Status204NoContent);
        api.MapPost("areas/{code}/visit-links/{id}/visits", (
            string code, string id, VisitBody body, HttpContext context, CurrentActor me, IDirectory directory,
            IClusterClient client) => DoAsync(code, context, me.Actor, directory, client, (check, commandId) =>
                new RecordVisit(commandId, me.Actor, id, check.Text(body.Text, "text", IncidentCommand.TextMax))))
            .WithSummary("Record a visit").Produces<VisitItem>();
        api.MapGet("areas/{code}/visits", GetAsync)
            .WithSummary("How visits stand; of a grid with its households, due=true only those that lack one");
    }

    private static Task<IResult> LinkAsync(
        string code, LinkBody body, HttpContext context, CurrentActor me, IDirectory directory,
        IClusterClient client) =>
        DoAsync(code, context, me.Actor, directory, client, (check, commandId) =>
        {
            var kind = check.OneOf<VisitKind>(body.Kind, "kind");
            check.That(!string.IsNullOrEmpty(body.Kind), "kind", "is required");
            if (!BuildingCode.TryParse(body.Building, out var building, out var reason))
            {
                check.That(false, "building", reason);
            }
            else
            {
                check.That(
                    building.Grid.Value == code && directory.Current.Buildings.ContainsKey(building), "building",
                    "is no building of this grid");
            }

            return new LinkHousehold(commandId, me.Actor, new VisitLink(
                $"V{commandId:N}"[..17], kind ?? default, check.Text(body.Visitor, "visitor", VisitLink.VisitorMax),
                building, check.Text(body.Household, "household", VisitLink.HouseholdMax)));
        });

    private static async Task<IResult> DoAsync(
        string code, HttpContext context, Actor me, IDirectory directory, IClusterClient client,
        Func<Check, Guid, VisitCommand> read)
    {
        if (AreaDoor.Refusal(code, me, directory.Current, out AreaCode grid, isForStaff: true) is { } refusal)
        {
            return refusal;
        }

        var check = new Check().That(grid.Tier == Tier.Grid, "code", "is the code of a grid");
        var command = read(check, Commands.Read(check, context, me));
        if (check.Failed)
        {
            return check.Problem;
        }

        var outcome = await client.GetGrain<IVisitGrain>(grid.Value).ExecuteAsync(command);
        return outcome.Reject is { } reject ? Problem.Of(reject)
            : outcome.Visit is not { } visit ? Results.NoContent()
            : command is LinkHousehold ? Results.Created($"/api/v1/areas/{grid}/visits", VisitItem.Of(visit))
            : Results.Ok(VisitItem.Of(visit));
    }

    private static async Task<IResult> GetAsync(
        string code, bool? due, CurrentActor me, IDirectory directory, IClusterClient client)
    {
        if (AreaDoor.Refusal(code, me.Actor, directory.Current, out AreaCode area, isForStaff: true) is { } refusal)
        {
            return refusal;
        }

        var check = AreaDoor.Below(area);
        if (check.Failed)
        {
            return check.Problem;
        }

        var view = directory.Current;
        var views = await AreaDoor.AskGridsAsync(
            area, view, grid => client.GetGrain<IVisitGrain>(grid.Value).GetVisitsAsync());
        var sees = area.Tier == Tier.Grid && me.Actor.Role is not Role.Viewer;
        return Results.Ok(new
        {
            Sum = VisitCoverage.Of(area, [.. views.SelectMany(some => some)]),
            Grids = view.GridsOf(area).Zip(views).Where(pair => pair.Second.Length > 0)
                .Select(pair => VisitCoverage.Of(pair.First, pair.Second)),
            Items = sees
                ? views[0].Where(one => due is not true || one.Done < one.Needed).Select(VisitItem.Of)
                : null,
        });
    }
}
