using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Services;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Services;

/// <summary>What is done to services: by people with a code or a token, and by those of the grid.</summary>
internal static class ServiceCommands
{
    /// <summary>What asking costs of the look-ups of an address.</summary>
    public const int AskCost = 5;

    private static readonly CommandPipeline<AreaCode, AskService, ServiceOutcome> s_asking = new()
    {
        Find = FindGrid,
        DecideAsync = (call, grid, command) => call.Grain<IServiceGrain>(grid.Value).ExecuteAsync(command),
        RejectOf = RejectOf,
        Codes =
        [
            RejectCode.RoleMayNot, RejectCode.CodeIsForged, RejectCode.GridIsUnknown, RejectCode.AreaIsOutsideYourOwn,
            RejectCode.MatterIsUnknown, RejectCode.GridHoldsTooManyServices, RejectCode.PhoneHasTooManyServices,
            RejectCode.ServiceIsUnknown,
        ],
    };

    private static readonly CommandPipeline<Target, ServiceCommand, ServiceOutcome> s_services = new()
    {
        Find = FindService,
        DecideAsync = (call, target, command) => call.Grain<IServiceGrain>(target.Grid.Value).ExecuteAsync(command),
        RejectOf = RejectOf,
        Codes = [RejectCode.ServiceIsUnknown, RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn],
    };

    /// <summary>Whole for who may see it so, and else no more than how far it is.</summary>
    private static readonly CommandAnswer<ServiceOutcome> s_service = new(
        StatusCodes.Status200OK, typeof(ServiceItem), (call, outcome) => ServiceEndpoints.Show(
            outcome.Service!, call.Me, call.Now));

    public static void Map(IEndpointRouteBuilder api)
    {
        s_asking.Map<AskBody>(
                api, "services",
                (call, grid, body) => new AskService(
                    call.Id, CurrentActor.Find(call.Context)?.Actor ?? Stranger(grid, StrangerSub),
                    ServiceRequest.IdOf(grid, call.Id), body.Read(call.Check, grid, call.Id)),
                CommandAnswer<ServiceOutcome>.Created(
                    (_, outcome) => $"services/{outcome.Service!.Request.Id}",
                    (call, outcome) => ServiceStatus.Of(
                        outcome.Service!, call.Now,
                        call.Service<ServiceCodes>().TokenOf(outcome.Service!.Request.Id))))
            .Describe("askForService", "Ask for a service, by the code of a grid", "申请代办，凭网格二维码")
            .AllowAnonymous().WithMetadata(SecurityMark.Either);
        MapOne(api, "take", (call, target, _) => new TakeService(call.Id, call.Me, target.Id))
            .Describe("takeService", "Somebody of the grid takes the service", "领办")
            .Refuses(RejectCode.OnlyTheOwnGridMay, RejectCode.OnlyAskedCanBeTaken);
        MapOne(api, "assign", (call, target, body) => new AssignService(
                call.Id, call.Me, target.Id, call.Check.Text(body.Worker, "worker", ServiceBody.WorkerMax)))
            .Describe("assignService", "The grid leader gives the service to somebody", "指派")
            .Refuses(
                RejectCode.OnlyTheGridLeaderMayAssign, RejectCode.OnlyAskedOrTakenCanBeAssigned,
                RejectCode.WorkerIsNotOfThisGrid);
        MapOne(api, "need-documents", (call, target, body) => new AskDocuments(
                call.Id, call.Me, target.Id, Text(call, body)))
            .Describe("askForDocuments", "Something is missing that the asker has to bring", "要求补齐材料")
            .Refuses(RejectCode.OnlyTheHolderOrTheGridLeaderMay, RejectCode.OnlyTakenCanWaitForDocuments);
        MapOne(api, "documents-came", (call, target, _) => new TakeDocuments(call.Id, call.Me, target.Id))
            .Describe("takeDocuments", "What was missing has come", "材料已补齐")
            .Refuses(RejectCode.OnlyTheHolderOrTheGridLeaderMay, RejectCode.NoDocumentsAreWaitedFor);
        MapOne(api, "finish", (call, target, body) => new FinishService(
                call.Id, call.Me, target.Id, Text(call, body)))
            .Describe("finishService", "The service is done", "办结")
            .Refuses(RejectCode.OnlyTheHolderOrTheGridLeaderMay, RejectCode.OnlyTakenCanBeDone);
        MapOne(api, "decline", (call, target, body) => new DeclineService(
                call.Id, call.Me, target.Id, Text(call, body)))
            .Describe("declineService", "The service cannot be done", "不予办理")
            .Refuses(RejectCode.OnlyTheHolderOrTheGridLeaderMay, RejectCode.OnlyAskedOrTakenCanBeDeclined);
        MapOne(api, "withdraw", (call, target, _) => new WithdrawService(call.Id, call.Me, target.Id, target.IsAsker))
            .Describe("withdrawService", "The asker does without", "撤回申请")
            .Refuses(RejectCode.OnlyTheAskerMay, RejectCode.ServiceIsOver).AllowAnonymous()
            .WithMetadata(SecurityMark.Either);
        MapOne(api, "rate", Rate)
            .Describe("rateService", "The asker gives a score", "评价")
            .Refuses(RejectCode.OnlyTheAskerMay, RejectCode.OnlyDoneCanBeRated).AllowAnonymous()
            .WithMetadata(SecurityMark.Either);
    }

    private static RouteHandlerBuilder MapOne(
        IEndpointRouteBuilder api, string name, Func<CommandCall, Target, ServiceBody, ServiceCommand> read) =>
        s_services.Map(api, $"services/{{id}}/{name}", read, s_service).AlsoProduces<ServiceStatus>();

    private static RateService Rate(CommandCall call, Target target, ServiceBody body)
    {
        call.Check.That(body.Score is >= 1 and <= 5, "score", "is 1-5");
        return new RateService(
            call.Id, call.Me, target.Id, target.IsAsker, body.Score ?? 0,
            call.Check.OptionalText(body.Comment, "comment", ServiceRequest.TextMax));
    }

    private static string Text(CommandCall call, ServiceBody body) =>
        call.Check.Text(body.Text, "text", ServiceRequest.TextMax);

    private static (RejectCode?, string?) RejectOf(ServiceOutcome outcome) =>
        (outcome.Reject ?? (outcome.Service is null ? RejectCode.ServiceIsUnknown : null), null);

    private static IResult? FindGrid(CommandCall call, out AreaCode grid)
    {
        grid = default;
        var me = CurrentActor.Find(call.Context)?.Actor;
        if (me is null && call.Service<LookupLimits>().Refusal(call.Context, AskCost) is { } busy)
            return busy;

        var body = (AskBody)call.Body;
        if (GridOf(body, call.Check, me, call.View, call.Service<ServiceCodes>(), out grid) is { } refusal)
            return call.Check.Failed ? call.Check.Problem : Problem.Of(refusal);

        // Whoever asks by a code is told apart by name and telephone, so that nobody meets another's answers.
        call.Me = me ?? Stranger(grid, SubOf(grid, body));
        return null;
    }

    /// <summary>A code, or the grid by its number from somebody who is signed in.</summary>
    private static RejectCode? GridOf(
        AskBody body, Check check, Actor? me, DirectoryView view, ServiceCodes codes, out AreaCode grid)
    {
        grid = default;
        if (me?.Role == Role.Viewer)
            return RejectCode.RoleMayNot;

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

    private static IResult? FindService(CommandCall call, out Target target)
    {
        target = default;
        var me = CurrentActor.Find(call.Context)?.Actor;
        var limits = call.Service<LookupLimits>();
        if (me is null && limits.Refusal(call.Context) is { } busy)
            return busy;

        var id = call.Path("id");
        var isAsker = call.Service<ServiceCodes>().IsTokenOf(id, ((ServiceBody)call.Body).Token);
        if (!ServiceEndpoints.TryFind(id, call.View, out var grid) || (me is null && !isAsker))
        {
            ServiceEndpoints.Missed(call.Context, me, limits);
            return Problem.Of(RejectCode.ServiceIsUnknown);
        }

        if (!isAsker && (me!.Role == Role.Viewer || !me.Sees(grid)))
            return Problem.Of(me.Role == Role.Viewer ? RejectCode.RoleMayNot : RejectCode.AreaIsOutsideYourOwn);

        call.Me = me ?? Asker(grid, id);
        target = new Target(grid, id, isAsker);
        return null;
    }

    /// <summary>Whom facts name where somebody came without a token: nobody.</summary>
    public const string StrangerSub = "service-code";

    public static Actor Stranger(AreaCode grid, string sub) => new(sub, "", Role.Resident, grid, null, []);

    /// <summary>Who has the token of a service.</summary>
    public static Actor Asker(AreaCode grid, string service) => Stranger(grid, $"service {service}");

    /// <summary>What keys of commands are scoped to where somebody asks by a code.</summary>
    public static string SubOf(AreaCode grid, AskBody body) => $"service {grid} {body.Name} {body.Phone}";

    /// <summary>A service that is there for who is here.</summary>
    private readonly record struct Target(AreaCode Grid, string Id, bool IsAsker);
}
