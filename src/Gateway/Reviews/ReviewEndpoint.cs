using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Plumbing.Sheets;

namespace GridMesh.Gateway.Reviews;

/// <summary>The list that a regular review 研判 is held with.</summary>
internal static class ReviewEndpoint
{
    public static void MapReviews(this IEndpointRouteBuilder api) =>
        api.MapGet("areas/{code}/review", GetAsync)
            .Describe(
                "getReview",
                "What stayed open, what repeats where, what several places share, what was decided and is not done; "
                    + "format=csv for a sheet",
                "研判清单：久拖未结、反复发生、多地共性、议定未办")
            .Produces<ReviewAnswer>().AlsoProduces<string>(Sheet.MediaType)
            .Refuses(RejectCode.RoleMayNot, RejectCode.AreaIsOutsideYourOwn, RejectCode.AreaIsUnknown);

    private static async Task<IResult> GetAsync(
        string code, QueryTime? from, QueryTime? to, [NamesOf<Line>] string? line,
        [AllowedValues("json", "csv")] string? format, HttpContext context, CurrentActor me, IDirectory directory,
        ICaseReview reviews, IClusterClient client, TimeProvider time, CancellationToken cancellation)
    {
        if (AreaAccess.Refusal(code, me.Actor, directory.Current, out AreaCode area, isForStaff: true) is { } refusal)
            return refusal;

        var now = time.GetUtcNow();
        var check = AreaAccess.Below(area);
        var only = check.OneOf<Line>(line, "line");
        if (ReviewPeriod.Read(check, from?.At, to?.At, area.Tier, now) is not { } period)
            return check.Problem;

        var query = new ReviewQuery(area, period.From, period.To, now, only, me.Actor.Lines);
        var answer = ReviewAnswer.Of(
            query, await reviews.ReadAsync(query, cancellation),
            await MinutesEndpoints.PendingAsync(client, me.Actor, area, now));
        return Sheet.IsWanted(format, context) ? ReviewSheet.Of(answer) : Results.Ok(answer);
    }
}
