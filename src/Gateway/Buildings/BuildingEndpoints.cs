using GridMesh.Contracts.Access;
using GridMesh.Contracts.Buildings;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Buildings;

/// <param name="ElderlyAlone">Null for roles that have no business with it.</param>
/// <param name="LastDoorAt">Null likewise, or when no door event was recorded.</param>
internal sealed record BuildingDetail(
    BuildingCode Code, string Name, AreaCode Grid, GeoPoint Position, int Households, int People, int? ElderlyAlone,
    DateTimeOffset? LastDoorAt);

internal static class BuildingEndpoints
{
    public static void MapBuildings(this IEndpointRouteBuilder api) =>
        api.MapGet("buildings/{code}", GetAsync)
            .Describe("getBuilding", "A building's live state, by role", "楼栋实时状态，按角色可见")
            .Produces<BuildingDetail>().Refuses(RejectCode.AreaIsOutsideYourOwn, RejectCode.BuildingIsUnknown);

    private static async Task<IResult> GetAsync(
        string code, CurrentActor me, IDirectory directory, IClusterClient client)
    {
        if (AreaAccess.Refusal(code, me.Actor, directory.Current, out BuildingCode building) is { } refusal)
            return refusal;

        var entry = directory.Current.Buildings[building];
        var isDuty = me.Actor.Role is Role.Worker or Role.Lead or Role.Dispatcher or Role.Supervisor or Role.Admin;
        var live = isDuty ? await client.GetGrain<IBuildingGrain>(building.Value).GetAsync() : null;
        return Results.Ok(new BuildingDetail(
            building, entry.Name, building.Grid, entry.Position, entry.Households, entry.People,
            isDuty ? entry.ElderlyAlone : null, live?.LastDoorAt));
    }
}
