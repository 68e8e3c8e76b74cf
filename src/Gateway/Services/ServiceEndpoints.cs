using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Services;
using GridMesh.Gateway.Accesses;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Services;

internal sealed record ServiceCodeItem(string Code);

/// <summary>Services to people (docs/services.md): what staff and askers read. Commands are beside it.</summary>
internal static class ServiceEndpoints
{
    public static void MapServices(this IEndpointRouteBuilder api)
    {
        api.MapGet("services/matters", () => Results.Ok(new Page<ServiceMatter>(ServiceMatters.All)))
            .AllowAnonymous()
            .Describe("listMatters", "The matters that people are helped with, for everybody", "代办事项目录")
            .Produces<Page<ServiceMatter>>();
        api.MapGet("services/{id}", GetAsync).OnRecord(AccessKind.Household, answer => answer is ServiceItem)
            .AllowAnonymous().WithMetadata(SecurityMark.Either)
            .Describe(
                "getService", "How far a service is, by its number and token, or for who may see it whole",
                "代办进度：凭编号与凭证；本网格人员可见全部")
            .Produces<ServiceItem>().AlsoProduces<ServiceStatus>().Refuses(RejectCode.ServiceIsUnknown);
        api.MapGet("areas/{code}/services", ListAsync)
            .OnRecord(AccessKind.Household, answer => answer is ServiceList { Items: not null })
            .Describe(
                "listServices", "How services stand; of a grid with each of them, for who may see them", "代办情况")
            .Produces<ServiceList>().Refuses(Targets.GridCodes);
        api.MapGet("areas/{code}/service-code", Code)
            .Describe("getServiceCode", "The code of a grid, to print and to scan", "网格代办二维码")
            .Produces<ServiceCodeItem>().Refuses(Targets.GridCodes).Refuses(ProblemCode.CodesHaveNoKey);
        ServiceCommands.Map(api);
    }

    /// <summary>Where there is no such grid no grain is woken.</summary>
    public static bool TryFind(string id, DirectoryView view, out AreaCode grid) =>
        ServiceRequest.TryGridOf(id, out grid) && view.Areas.ContainsKey(grid);

    private static async Task<IResult> GetAsync(
        string id, string? token, HttpContext context, IDirectory directory, IClusterClient client,
        ServiceCodes codes, LookupLimits limits, TimeProvider time)
    {
        var me = CurrentActor.Find(context)?.Actor;
        if (me is null && limits.Refusal(context) is { } refusal)
            return refusal;

        var isAsker = codes.IsTokenOf(id, token);
        if (!TryFind(id, directory.Current, out var grid) || (!isAsker && me is null)
            || await client.GetGrain<IServiceGrain>(grid.Value).FindAsync(id) is not { } view)
        {
            // What is not there and what is not shown are the same to who asks.
            Missed(context, me, limits);
            return Problem.Of(RejectCode.ServiceIsUnknown);
        }

        return me is not null && me.SeesHouseholds(grid) ? Results.Ok(ServiceItem.Of(view, time.GetUtcNow()))
            : isAsker || me!.Id == view.AskedBy ? Results.Ok(ServiceStatus.Of(view, time.GetUtcNow()))
            : Problem.Of(RejectCode.ServiceIsUnknown);
    }

    /// <summary>Whole for who may see it so, and else no more than how far it is.</summary>
    public static IResult Show(ServiceView view, Actor me, DateTimeOffset now) =>
        TryGridOf(view, out var grid) && me.SeesHouseholds(grid)
            ? Results.Ok(ServiceItem.Of(view, now))
            : Results.Ok(ServiceStatus.Of(view, now));

    private static bool TryGridOf(ServiceView view, out AreaCode grid) =>
        ServiceRequest.TryGridOf(view.Request.Id, out grid);

    public static void Missed(HttpContext context, Actor? me, LookupLimits limits)
    {
        if (me is null)
            limits.Missed(context);
    }

    private static async Task<IResult> ListAsync(
        string code, [NamesOf<ServiceState>] string? state, CurrentActor me, IDirectory directory,
        IClusterClient client, TimeProvider time)
    {
        var view = directory.Current;
        if (AreaAccess.Refusal(code, me.Actor, view, out AreaCode area, isForStaff: true) is { } refusal)
            return refusal;

        var check = AreaAccess.Below(area);
        var wanted = check.OneOf<ServiceState>(state, "state");
        if (check.Failed)
            return check.Problem;

        var boards = await AreaAccess.AskGridsAsync(
            area, view, grid => client.GetGrain<IServiceGrain>(grid.Value).GetBoardAsync());
        var now = time.GetUtcNow();
        ServiceItem[]? items = area.Tier == Tier.Grid && me.Actor.SeesHouseholds(area)
            ? [.. (await client.GetGrain<IServiceGrain>(area.Value).GetServicesAsync(wanted))
                .Select(one => ServiceItem.Of(one, now))]
            : null;
        return Results.Ok(new ServiceList(
            ServiceSum.Of(area, boards),
            [.. view.GridsOf(area).Zip(boards).Where(pair => pair.Second.ByMatter.Length > 0)
                .Select(pair => ServiceSum.Of(pair.First, [pair.Second]))],
            items));
    }

    private static IResult Code(string code, CurrentActor me, IDirectory directory, ServiceCodes codes)
    {
        if (AreaAccess.Refusal(code, me.Actor, directory.Current, out AreaCode grid, isForStaff: true) is { } refusal)
            return refusal;

        var check = new Check().That(grid.Tier == Tier.Grid, "code", "is the code of a grid");
        return check.Failed ? check.Problem
            : me.Actor.Role is not (Role.Lead or Role.Dispatcher or Role.Supervisor or Role.Admin)
                ? Problem.Of(RejectCode.RoleMayNot)
            : codes.HasKey ? Results.Ok(new ServiceCodeItem(codes.Make(grid)))
            : CodeSigner.NoKey;
    }
}
