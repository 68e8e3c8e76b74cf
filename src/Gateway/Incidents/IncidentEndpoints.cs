using GridMesh.Contracts.Access;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Input;
using GridMesh.Gateway.Problems;
using GridMesh.Gateway.Telemetry;

namespace GridMesh.Gateway.Incidents;

internal static class IncidentEndpoints
{
    /// <summary>Longest search text in characters.</summary>
    private const int SearchTextMax = 100;

    private const int LimitDefault = 50;

    /// <summary>Longest id of an owner in characters.</summary>
    private const int OwnerMax = 64;

    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        api.MapPost("incidents", ReportEndpoint.PostAsync).WithSummary("Report a case")
            .Produces<IncidentView>(StatusCodes.Status201Created);
        api.MapGet("incidents/{id}", GetAsync).WithSummary("A case with its history").Produces<IncidentView>();
        api.MapGet("incidents", SearchAsync).WithSummary(
            "Search cases, newest report first; step and line are names, or several of them separated by commas");
        Map<DispatchBody>(api, "dispatch", (check, body, id, me) =>
            new DispatchIncident(id, me, check.Text(body.Owner, "owner", OwnerMax)));
        Map<EmptyBody>(api, "self-handle", (_, _, id, me) => new SelfHandleIncident(id, me));
        Map<EmptyBody>(api, "accept", (_, _, id, me) => new AcceptIncident(id, me));
        Map<ReasonBody>(api, "return", (check, body, id, me) => new ReturnIncident(id, me, Reason(check, body.Reason)));
        Map<ReasonBody>(api, "reject", (check, body, id, me) => new RejectIncident(id, me, Reason(check, body.Reason)));
        Map<ResolveBody>(api, "resolve", Resolve);
        Map<InspectBody>(api, "inspect", Inspect);
        Map<FeedbackBody>(api, "feedback", (check, body, id, me) =>
            new TellReporter(id, me, check.Text(body.Text, "text", IncidentCommand.TextMax)));
        Map<EvaluateBody>(api, "evaluate", Evaluate);
        BesideEndpoints.Map(api);
        MediationEndpoints.Map(api);
        api.MapCandidates();
        SimilarCases.Map(api);
    }

    public static string Reason(Check check, string? reason) => check.Text(reason, "reason", IncidentCommand.TextMax);

    public static void Map<TBody>(
        IEndpointRouteBuilder api, string name, Func<Check, TBody, Guid, Actor, IncidentCommand> read)
        where TBody : class, new() =>
        api.MapPost($"incidents/{{id}}/{name}", (
                string id, TBody? body, HttpContext context, CurrentActor me, IncidentDesk desk, TimeProvider time) =>
            ExecuteAsync(id, context, me.Actor, desk, time, name, (check, commandId) =>
                read(check, body ?? new TBody(), commandId, me.Actor)))
            .WithSummary($"Command to a case: {name}").Produces<IncidentView>();

    private static async Task<IResult> ExecuteAsync(
        string id, HttpContext context, Actor me, IncidentDesk desk, TimeProvider time, string name,
        Func<Check, Guid, IncidentCommand> read)
    {
        var started = time.GetTimestamp();
        var check = new Check();
        var commandId = Commands.Read(check, context, me);
        if (!CaseNumber.TryParse(id, out var number, out var reason))
        {
            check.That(false, "id", reason);
        }

        var command = read(check, commandId);
        if (check.Failed)
        {
            return check.Problem;
        }

        if (me.Role == Role.Viewer || !me.Sees(number.Grid))
        {
            return Problem.Of(me.Role == Role.Viewer ? RejectCode.RoleMayNot : RejectCode.AreaIsOutsideYourOwn);
        }

        var outcome = command is MergeIncident merge
            ? await desk.MergeAsync(number, merge)
            : await desk.ExecuteAsync(number, command);
        GatewayMeter.Acknowledge.Record(
            time.GetElapsedTime(started).TotalMilliseconds, new KeyValuePair<string, object?>("command", name));
        return outcome.Reject is { } reject
            ? Problem.Of(reject, outcome.Case is { } at ? $"The case is {at.Step}." : null)
            : Results.Ok(CaseShape.For(me, outcome.Case!));
    }

    /// <summary>The case, or the answer that says why this actor is not told of it.</summary>
    public static async Task<(IncidentView? Incident, IResult? Problem)> FindAsync(
        Check check, string id, Actor me, IncidentDesk desk)
    {
        if (!CaseNumber.TryParse(id, out var number, out var reason))
        {
            check.That(false, "id", reason);
        }

        if (check.Failed)
        {
            return (null, check.Problem);
        }

        if (!me.Sees(number.Grid))
        {
            return (null, Problem.Of(RejectCode.AreaIsOutsideYourOwn));
        }

        return await desk.FindAsync(number) is not { } incident ? (null, Problem.Of(RejectCode.CaseNotFound))
            : !me.Sees(incident.Line, incident.AlsoLines ?? []) ? (null, Problem.Of(RejectCode.LineIsOutsideYourOwn))
            : (incident, null);
    }

    private static async Task<IResult> GetAsync(string id, CurrentActor me, IncidentDesk desk)
    {
        var (incident, problem) = await FindAsync(new Check(), id, me.Actor, desk);
        return problem ?? Results.Ok(CaseShape.For(me.Actor, incident!));
    }

    private static async Task<IResult> SearchAsync(
        string? area, QueryNames<Step>? step, QueryNames<Line>? line, bool? overdue, QueryTime? from, QueryTime? to,
        string? q, string? category, string? owner, int? limit, string? cursor, CurrentActor me, ICaseIndex index,
        CancellationToken cancellation)
    {
        var check = new Check();
        var within = check.Area(area, "area") ?? me.Actor.Area;
        var query = new CaseQuery(
            within, step?.Values ?? [], line?.Values ?? [], overdue, from?.At, to?.At,
            check.OptionalText(q, "q", SearchTextMax), me.Actor.Lines,
            check.OptionalText(category, "category", ReportEndpoint.CategoryMax) is { } one ? [one] : default,
            Owner: check.OptionalText(owner, "owner", OwnerMax));
        check.That(limit is null or (>= 1 and <= CaseQuery.LimitMax), "limit", $"is 1-{CaseQuery.LimitMax}");
        check.That(from is null || to is null || from.Value.At <= to.Value.At, "from", "is not after 'to'");
        if (check.Failed)
        {
            return check.Problem;
        }

        if (!me.Actor.Sees(within))
        {
            return Problem.Of(RejectCode.AreaIsOutsideYourOwn);
        }

        try
        {
            var page = await index.SearchAsync(query, limit ?? LimitDefault, cursor, cancellation);
            return Results.Ok(new { Items = page.Items.Select(CaseShape.ItemOf), page.Next });
        }
        catch (FormatException)
        {
            return new Check().That(false, "cursor", "is not one that a page handed out").Problem;
        }
    }

    private static ResolveIncident Resolve(Check check, ResolveBody body, Guid id, Actor me)
    {
        var evidence = body.Evidence ?? [];
        check.That(
            evidence.Count <= ResolveIncident.EvidenceMax, "evidence",
            $"has at most {ResolveIncident.EvidenceMax} pieces");
        check.That(
            evidence.All(piece => piece is { Length: > 0 and <= 256 }), "evidence",
            "are references of 1-256 characters");
        return new ResolveIncident(
            id, me, check.Text(body.Result, "result", IncidentCommand.TextMax), [.. evidence]);
    }

    private static InspectIncident Inspect(Check check, InspectBody body, Guid id, Actor me)
    {
        check.That(body.Pass is not null, "pass", "is required");
        check.That(
            body.Pass is not false || !string.IsNullOrWhiteSpace(body.Reason), "reason", "is required when it fails");
        return new InspectIncident(
            id, me, body.Pass ?? false, check.OptionalText(body.Reason, "reason", IncidentCommand.TextMax));
    }

    private static EvaluateIncident Evaluate(Check check, EvaluateBody body, Guid id, Actor me)
    {
        check.That(body.Score is >= 1 and <= 5, "score", "is 1-5");
        return new EvaluateIncident(
            id, me, body.Score ?? 0, check.OptionalText(body.Comment, "comment", IncidentCommand.TextMax));
    }
}
