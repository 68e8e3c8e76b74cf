using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Accesses;

/// <summary>The record of reads, for those who see that nobody reads what is not his to read.</summary>
internal static class AccessEndpoints
{
    private const int LimitDefault = 100;

    public static void MapAccesses(this IEndpointRouteBuilder api) =>
        api.MapGet("accesses", ListAsync).OnRecord(AccessKind.Record)
            .Describe(
                "listAccesses", "Who read what of people, the latest first",
                "个人信息查阅记录：谁在何时看过什么，最新在前")
            .Produces<Page<AccessEntry>>().Refuses(RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn);

    private static async Task<IResult> ListAsync(
        [RegularExpression(TextForms.Area)] string? area, [MaxLength(MeshClaims.TextMax)] string? sub,
        [MaxLength(AccessEntry.SubjectMax)] string? subject, [NamesOf<AccessKind>] string? kind, QueryTime? from,
        QueryTime? to, [Range(1, AccessQuery.LimitMax)] int? limit, [Range(1L, long.MaxValue)] long? cursor,
        CurrentActor me, IAccessRecord record, CancellationToken cancellation)
    {
        var check = new Check();
        var within = check.Area(area, "area") ?? me.Actor.Area;
        var wanted = check.OneOf<AccessKind>(kind, "kind");
        check.That(from is null || to is null || from.Value.At <= to.Value.At, "from", "is not after 'to'");
        if (check.Failed)
            return check.Problem;

        if (me.Actor.Role is not (Role.Inspector or Role.Admin))
            return Problem.Of(RejectCode.RoleMayNot);

        if (!me.Actor.Sees(within))
            return Problem.Of(RejectCode.AreaIsOutsideYourOwn);

        var page = await record.ReadAsync(
            new AccessQuery(within, sub, subject, wanted, from?.At, to?.At), limit ?? LimitDefault, cursor,
            cancellation);
        return Results.Ok(new Page<AccessEntry>(
            page.Items, page.Next?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
