using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Services;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Areas;
using GridMesh.Gateway.Problems;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Services;

internal sealed record ServiceCodeItem(string Code);

/// <summary>Services to people (docs/services.md): what staff and askers read. Commands are beside it.</summary>
internal static class ServiceEndpoints
{
    public static void MapServices(this IEndpointRouteBuilder api)
    {
        api.MapGet("services/matters", () => Results.Ok(new { Items = ServiceMatters.All })).AllowAnonymous()
            .WithSummary("The matters that people are helped with, for everybody");
        api.MapGet("services/{id}", GetAsync).AllowAnonymous()
            .WithSummary("How far a service is, by its number and token, or for who may see it whole")
            .Produces<ServiceStatus>();
        api.MapGet("areas/{code}/services", ListAsync)
            .WithSummary("How services stand; of a grid with each of them, for who may see them");
        api.MapGet("areas/{code}/service-code", Code).WithSummary("The code of a grid, to print and to scan")
            .Produces<ServiceCodeItem>();
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
        {
            return refusal;
        }

        var isAsker = codes.IsTokenOf(id, token);
        if (!TryFind(id, directory.Current, out var grid) || (!isAsker && me is null)
            || await client.GetGrain<IServiceGrain>(grid.Value).FindAsync(id) is not { } view)
        {
            // What is not there and what is not shown are the same to who asks.
            Missed(context, me, limits);
            return Problem.Of(RejectCode.ServiceIsUnknown);
        }

        return me is not null && ServiceItem.MaySee(me, grid) ? Results.Ok(ServiceItem.Of(view, time.GetUtcNow()))
            : isAsker || me!.Id == view.AskedBy ? Results.Ok(ServiceStatus.Of(view, time.GetUtcNow()))
            : Problem.Of(RejectCode.ServiceIsUnknown);
    }

    public static void Missed(HttpContext context, Actor? me, LookupLimits limits)
    {
        if (me is null)
        {
            limits.Missed(context);
        }
    }

    private static async Task<IResult> ListAsync(
        string code, string? state, CurrentActor me, IDirectory directory, IClusterClient client, TimeProvider time)
    {
        var view = directory.Current;
        if (AreaDoor.Refusal(code, me.Actor, view, out AreaCode area, isForStaff: true) is { } refusal)
        {
            return refusal;
        }

        var check = AreaDoor.Below(area);
        var wanted = check.OneOf<ServiceState>(state, "state");
        if (check.Failed)
        {
            return check.Problem;
        }

        var boards = await AreaDoor.AskGridsAsync(
            area, view, grid => client.GetGrain<IServiceGrain>(grid.Value).GetBoardAsync());
        var now = time.GetUtcNow();
        var items = area.Tier == Tier.Grid && ServiceItem.MaySee(me.Actor, area)
            ? (await client.GetGrain<IServiceGrain>(area.Value).GetServicesAsync(wanted))
                .Select(one => ServiceItem.Of(one, now))
            : null;
        return Results.Ok(new
        {
            Sum = ServiceSum.Of(area, boards),
            Grids = view.GridsOf(area).Zip(boards).Where(pair => pair.Second.ByMatter.Length > 0)
                .Select(pair => ServiceSum.Of(pair.First, [pair.Second])),
            Items = items,
        });
    }

    private static IResult Code(string code, CurrentActor me, IDirectory directory, ServiceCodes codes)
    {
        if (AreaDoor.Refusal(code, me.Actor, directory.Current, out AreaCode grid, isForStaff: true) is { } refusal)
        {
            return refusal;
        }

        var check = new Check().That(grid.Tier == Tier.Grid, "code", "is the code of a grid");
        return check.Failed ? check.Problem
            : me.Actor.Role is not (Role.Lead or Role.Dispatcher or Role.Supervisor or Role.Admin)
                ? Problem.Of(RejectCode.RoleMayNot)
            : codes.HasKey ? Results.Ok(new ServiceCodeItem(codes.Make(grid)))
            : CodeSigner.NoKey;
    }
}
