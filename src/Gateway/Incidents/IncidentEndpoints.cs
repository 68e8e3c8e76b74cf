using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Accesses;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal static class IncidentEndpoints
{
    /// <summary>Longest search text in characters.</summary>
    private const int SearchTextMax = 100;

    private const int LimitDefault = 50;

    /// <summary>Codes of whatever looks a case up for somebody.</summary>
    public static RejectCode[] FindCodes { get; } =
        [
            RejectCode.CaseNotFound, RejectCode.AreaIsOutsideYourOwn, RejectCode.LineIsOutsideYourOwn,
            RejectCode.RoleMayNot,
        ];

    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        ReportEndpoint.Map(api);
        api.MapGet("incidents/{id}", GetAsync).OnRecord(AccessKind.Case)
            .Describe("getIncident", "A case with its history", "案件及其全部经过")
            .Produces<IncidentView>().Refuses(FindCodes);
        api.MapGet("incidents", SearchAsync)
            .Describe(
                "searchIncidents", "Search cases, newest report first",
                "查询案件，新上报在前。step and line take several names, separated by commas.")
            .Produces<Page<IncidentItem>>().Refuses(RejectCode.AreaIsOutsideYourOwn);
        DispatchingEndpoints.Map(api);
        HandlingEndpoints.Map(api);
        InspectingEndpoints.Map(api);
        ClosingEndpoints.Map(api);
        EscalatingEndpoints.Map(api);
        SuspendingEndpoints.Map(api);
        SupervisingEndpoints.Map(api);
        MergingEndpoints.Map(api);
        AppealingEndpoints.Map(api);
        SummoningEndpoints.Map(api);
        CallingEndpoints.Map(api);
        MediatingEndpoints.Map(api);
        ErasingEndpoints.Map(api);
        api.MapCandidates();
        SimilarCases.Map(api);
    }

    /// <summary>The case, or the answer that says why this actor is not told of it.</summary>
    public static async Task<(IncidentView? Incident, IResult? Problem)> FindAsync(
        Check check, string id, Actor me, IncidentService service)
    {
        var number = check.Case(id, "id");
        if (check.Failed)
            return (null, check.Problem);

        if (!me.Sees(number.Grid))
            return (null, Problem.Of(RejectCode.AreaIsOutsideYourOwn));

        return await service.FindAsync(number) is not { } incident ? (null, Problem.Of(RejectCode.CaseNotFound))
            : me.Sees(incident) ? (incident, null)
            : (null, Problem.Of(
                me.Role == Role.Resident ? RejectCode.RoleMayNot : RejectCode.LineIsOutsideYourOwn));
    }

    private static async Task<IResult> GetAsync(string id, CurrentActor me, IncidentService service)
    {
        var (incident, problem) = await FindAsync(new Check(), id, me.Actor, service);
        return problem ?? Results.Ok(incident!.ShowTo(me.Actor));
    }

    private static async Task<IResult> SearchAsync(
        [RegularExpression(TextForms.Area)] string? area, QueryNames<Step>? step, QueryNames<Line>? line, bool? overdue,
        QueryTime? from, QueryTime? to, [MaxLength(SearchTextMax)] string? q,
        [MaxLength(ReportEndpoint.CategoryMax)] string? category, [MaxLength(DispatchBody.OwnerMax)] string? owner,
        [Range(1, CaseQuery.LimitMax)] int? limit, [MaxLength(Cursors.Max)] string? cursor, CurrentActor me,
        ICaseIndex index, CancellationToken cancellation)
    {
        var check = new Check();
        var within = check.Area(area, "area") ?? me.Actor.Area;
        var query = new CaseQuery(
            within, step?.Values ?? [], line?.Values ?? [], overdue, from?.At, to?.At, Text(q), me.Actor.Lines,
            Text(category) is { } one ? [one] : default, Owner: Text(owner),
            Reporter: me.Actor.SeesWork() ? null : me.Actor.Id);
        check.That(from is null || to is null || from.Value.At <= to.Value.At, "from", "is not after 'to'");
        if (check.Failed)
            return check.Problem;

        if (!me.Actor.Sees(within))
            return Problem.Of(RejectCode.AreaIsOutsideYourOwn);

        try
        {
            var page = await index.SearchAsync(query, limit ?? LimitDefault, cursor, cancellation);
            return Results.Ok(new Page<IncidentItem>([.. page.Items.Select(IncidentItem.Of)], page.Next));
        }
        catch (FormatException)
        {
            return new Check().That(false, "cursor", "is not one that a page handed out").Problem;
        }
    }

    /// <summary>Blanks are nothing to look for.</summary>
    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
