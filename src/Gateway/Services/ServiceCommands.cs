using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Services;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Problems;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Services;

/// <summary>What is done to services: by people with a code or a token, and by those of the grid.</summary>
internal static class ServiceCommands
{
    /// <summary>What asking costs of the look-ups of an address.</summary>
    private const int AskCost = 5;

    private const int WorkerMax = 64;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("services", AskAsync).AllowAnonymous().WithSummary("Ask for a service, by the code of a grid")
            .Produces<ServiceStatus>(StatusCodes.Status201Created);
        MapOne(api, "take", (_, _, id, me, service, _) => new TakeService(id, me, service));
        MapOne(api, "assign", (check, body, id, me, service, _) =>
            new AssignService(id, me, service, check.Text(body.Worker, "worker", WorkerMax)));
        MapOne(api, "need-documents", (check, body, id, me, service, _) =>
            new AskDocuments(id, me, service, Text(check, body)));
        MapOne(api, "documents-came", (_, _, id, me, service, _) => new TakeDocuments(id, me, service));
        MapOne(api, "finish", (check, body, id, me, service, _) =>
            new FinishService(id, me, service, Text(check, body)));
        MapOne(api, "decline", (check, body, id, me, service, _) =>
            new DeclineService(id, me, service, Text(check, body)));
        MapOne(api, "withdraw", (_, _, id, me, service, isAsker) => new WithdrawService(id, me, service, isAsker))
            .AllowAnonymous();
        MapOne(api, "rate", Rate).AllowAnonymous();
    }

    private static RateService Rate(Check check, ServiceBody body, Guid id, Actor me, string service, bool isAsker)
    {
        check.That(body.Score is >= 1 and <= 5, "score", "is 1-5");
        return new RateService(
            id, me, service, isAsker, body.Score ?? 0,
            check.OptionalText(body.Comment, "comment", ServiceRequest.TextMax));
    }

    private static string Text(Check check, ServiceBody body) =>
        check.Text(body.Text, "text", ServiceRequest.TextMax);

    private static async Task<IResult> AskAsync(
        AskBody body, HttpContext context, IDirectory directory, IClusterClient client, ServiceCodes codes,
        LookupLimits limits, TimeProvider time)
    {
        var me = CurrentActor.Find(context)?.Actor;
        if (me is null && limits.Refusal(context, AskCost) is { } busy)
        {
            return busy;
        }

        var check = new Check();
        if (GridOf(body, check, me, directory.Current, codes, out var grid) is { } refusal)
        {
            return check.Failed ? check.Problem : Problem.Of(refusal);
        }

        // Whoever asks by a code is told apart by name and telephone, so that nobody meets another's answers.
        var by = me ?? Stranger(grid, $"service {grid} {body.Name} {body.Phone}");
        var commandId = Commands.Read(check, context, by);
        var request = body.Read(check, grid, commandId);
        if (check.Failed)
        {
            return check.Problem;
        }

        var outcome = await client.GetGrain<IServiceGrain>(grid.Value).ExecuteAsync(
            new AskService(commandId, me ?? Stranger(grid, StrangerSub), request.Id, request));
        return outcome.Reject is { } reject ? Problem.Of(reject)
            : outcome.Service is not { } view ? Problem.Of(RejectCode.ServiceIsUnknown)
            : Results.Created(
                $"/api/v1/services/{view.Request.Id}",
                ServiceStatus.Of(view, time.GetUtcNow(), codes.TokenOf(view.Request.Id)));
    }

    /// <summary>A code, or the grid by its number from somebody who is signed in.</summary>
    private static RejectCode? GridOf(
        AskBody body, Check check, Actor? me, DirectoryView view, ServiceCodes codes, out AreaCode grid)
    {
        grid = default;
        if (me?.Role == Role.Viewer)
        {
            return RejectCode.RoleMayNot;
        }

        if (me is null || !string.IsNullOrEmpty(body.Code))
        {
            var code = check.Text(body.Code, "code", ServiceCodes.CodeMax);
            return check.Failed || codes.Read(code, out grid) is not null ? RejectCode.CodeIsForged
                : view.Areas.ContainsKey(grid) ? null
                : RejectCode.GridIsUnknown;
        }

        var area = check.Area(body.Grid, "grid");
        check.That(area is { Tier: Tier.Grid }, "grid", "is the code of a grid");
        grid = area ?? default;
        return check.Failed || !view.Areas.ContainsKey(grid) ? RejectCode.GridIsUnknown
            : me.Sees(grid) ? null
            : RejectCode.AreaIsOutsideYourOwn;
    }

    private static RouteHandlerBuilder MapOne(
        IEndpointRouteBuilder api, string name,
        Func<Check, ServiceBody, Guid, Actor, string, bool, ServiceCommand> read) =>
        api.MapPost($"services/{{id}}/{name}", (
                string id, ServiceBody? body, HttpContext context, IDirectory directory, IClusterClient client,
                ServiceCodes codes, LookupLimits limits, TimeProvider time) =>
            DoAsync(id, body ?? new ServiceBody(null, null, null, null, null), context, directory.Current, client,
                codes, limits, time, read))
            .WithSummary($"Command to a service: {name}").Produces<ServiceItem>();

    private static async Task<IResult> DoAsync(
        string id, ServiceBody body, HttpContext context, DirectoryView view, IClusterClient client,
        ServiceCodes codes, LookupLimits limits, TimeProvider time,
        Func<Check, ServiceBody, Guid, Actor, string, bool, ServiceCommand> read)
    {
        var me = CurrentActor.Find(context)?.Actor;
        if (me is null && limits.Refusal(context) is { } busy)
        {
            return busy;
        }

        var isAsker = codes.IsTokenOf(id, body.Token);
        if (!ServiceEndpoints.TryFind(id, view, out var grid) || (me is null && !isAsker))
        {
            ServiceEndpoints.Missed(context, me, limits);
            return Problem.Of(RejectCode.ServiceIsUnknown);
        }

        if (!isAsker && (me!.Role == Role.Viewer || !me.Sees(grid)))
        {
            return Problem.Of(me.Role == Role.Viewer ? RejectCode.RoleMayNot : RejectCode.AreaIsOutsideYourOwn);
        }

        var by = me ?? Stranger(grid, $"service {id}");
        var check = new Check();
        var command = read(check, body, Commands.Read(check, context, by), by, id, isAsker);
        if (check.Failed)
        {
            return check.Problem;
        }

        var outcome = await client.GetGrain<IServiceGrain>(grid.Value).ExecuteAsync(command);
        return outcome.Reject is { } reject ? Problem.Of(reject)
            : outcome.Service is not { } service ? Problem.Of(RejectCode.ServiceIsUnknown)
            : ServiceItem.MaySee(by, grid) ? Results.Ok(ServiceItem.Of(service, time.GetUtcNow()))
            : Results.Ok(ServiceStatus.Of(service, time.GetUtcNow()));
    }

    /// <summary>Whom facts name where somebody came without a token: nobody.</summary>
    private const string StrangerSub = "service-code";

    private static Actor Stranger(AreaCode grid, string sub) => new(sub, "", Role.Resident, grid, null, []);
}
