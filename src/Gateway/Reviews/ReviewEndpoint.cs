using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Areas;
using GridMesh.Gateway.Input;
using GridMesh.Gateway.Sheets;

namespace GridMesh.Gateway.Reviews;

/// <summary>The list that a regular review 研判 is held with.</summary>
internal static class ReviewEndpoint
{
    public static void MapReviews(this IEndpointRouteBuilder api) =>
        api.MapGet("areas/{code}/review", GetAsync).WithSummary(
            "What stayed open, what repeats where and what several places share; format=csv for a sheet");

    private static async Task<IResult> GetAsync(
        string code, QueryTime? from, QueryTime? to, string? line, string? format, HttpContext context,
        CurrentActor me, IDirectory directory, ICaseReview reviews, TimeProvider time, CancellationToken cancellation)
    {
        if (AreaDoor.Refusal(code, me.Actor, directory.Current, out AreaCode area, isForStaff: true) is { } refusal)
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        var check = AreaDoor.Below(area);
        var only = check.OneOf<Line>(line, "line");
        Sheet.CheckFormat(check, format);
        if (ReviewPeriod.Read(check, from?.At, to?.At, area.Tier, now) is not { } period)
        {
            return check.Problem;
        }

        var query = new ReviewQuery(area, period.From, period.To, now, only, me.Actor.Lines);
        var answer = ReviewAnswer.Of(query, await reviews.ReadAsync(query, cancellation));
        return Sheet.IsWanted(format, context) ? ReviewSheet.Of(answer) : Results.Ok(answer);
    }
}
