using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Visits;
using GridMesh.Gateway.Accesses;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Visits;

/// <summary>Visits to households (docs/visits.md).</summary>
internal static class VisitEndpoints
{
    private static readonly CommandPipeline<AreaCode, VisitCommand, VisitOutcome> s_visits = new()
    {
        Find = Targets.Grid,
        DecideAsync = (call, grid, command) => call.Grain<IVisitGrain>(grid.Value).ExecuteAsync(command),
        RejectOf = outcome => (outcome.Reject, null),
        Codes = Targets.GridCodes,
    };

    public static void MapVisits(this IEndpointRouteBuilder api)
    {
        s_visits.Map<LinkBody>(api, "areas/{code}/visit-links", Link, CommandAnswer<VisitOutcome>.Created(
                (call, _) => $"areas/{call.Path("code")}/visits", (_, outcome) => VisitItem.Of(outcome.Visit!)))
            .Describe("linkHousehold", "Link a household to who visits it", "建立走访联系")
            .Refuses(
                RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan, RejectCode.HouseholdIsLinkedAlready,
                RejectCode.VisitorHasTooManyHouseholds, RejectCode.GridHoldsTooManyLinks);
        s_visits.Map<EndBody>(
                api, "areas/{code}/visit-links/{id}/end", (call, _, body) => new EndLink(
                    call.Id, call.Me, call.Path("id"),
                    call.Check.Text(body.Reason, "reason", IncidentCommand.TextMax)),
                CommandAnswer<VisitOutcome>.NoContent)
            .Describe("endVisitLink", "End a link", "结束走访联系")
            .Refuses(RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan, RejectCode.LinkIsUnknown);
        s_visits.Map<VisitBody>(
                api, "areas/{code}/visit-links/{id}/visits", (call, _, body) => new RecordVisit(
                    call.Id, call.Me, call.Path("id"), call.Check.Text(body.Text, "text", IncidentCommand.TextMax)),
                CommandAnswer<VisitOutcome>.Ok((_, outcome) => VisitItem.Of(outcome.Visit!)))
            .Describe("recordVisit", "Record a visit", "登记一次走访")
            .Refuses(RejectCode.LinkIsUnknown, RejectCode.OnlyTheVisitorOrTheGridMay);
        api.MapGet("areas/{code}/visits", GetAsync)
            .OnRecord(AccessKind.Household, answer => answer is VisitSum { Items: not null })
            .Describe(
                "getVisits", "How visits stand; of a grid with its households, due=true only those that lack one",
                "走访完成情况")
            .Produces<VisitSum>().Refuses(Targets.GridCodes);
    }

    private static LinkHousehold Link(CommandCall call, AreaCode grid, LinkBody body)
    {
        var check = call.Check;
        var kind = check.OneOf<VisitKind>(body.Kind, "kind");
        check.That(!string.IsNullOrEmpty(body.Kind), "kind", "is required");
        if (!BuildingCode.TryParse(body.Building, out var building, out var reason))
        {
            check.That(false, "building", reason);
        }
        else
        {
            check.That(
                building.Grid == grid && call.View.Buildings.ContainsKey(building), "building",
                "is no building of this grid");
        }

        return new LinkHousehold(call.Id, call.Me, new VisitLink(
            $"V{call.Id:N}"[..17], kind ?? default, check.Text(body.Visitor, "visitor", VisitLink.VisitorMax),
            building, check.Text(body.Household, "household", VisitLink.HouseholdMax)));
    }

    private static async Task<IResult> GetAsync(
        string code, bool? due, CurrentActor me, IDirectory directory, IClusterClient client)
    {
        if (AreaAccess.Refusal(code, me.Actor, directory.Current, out AreaCode area, isForStaff: true) is { } refusal)
            return refusal;

        var check = AreaAccess.Below(area);
        if (check.Failed)
            return check.Problem;

        var view = directory.Current;
        var views = await AreaAccess.AskGridsAsync(
            area, view, grid => client.GetGrain<IVisitGrain>(grid.Value).GetVisitsAsync());

        // Households are shown of one grid: all to who may see them, else those that one visits itself.
        var seesAll = area.Tier == Tier.Grid && me.Actor.SeesHouseholds(area);
        VisitView[] mine = area.Tier != Tier.Grid ? []
            : [.. views[0].Where(one => seesAll || one.Link.Visitor == me.Actor.Id)];
        return Results.Ok(new VisitSum(
            VisitCoverage.Of(area, [.. views.SelectMany(some => some)]),
            [.. view.GridsOf(area).Zip(views).Where(pair => pair.Second.Length > 0)
                .Select(pair => VisitCoverage.Of(pair.First, pair.Second))],
            seesAll || mine.Length > 0
                ? [.. mine.Where(one => due is not true || one.Done < one.Needed).Select(VisitItem.Of)]
                : null));
    }
}
