using System.Globalization;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Reviews;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Reviews;

/// <summary>Minutes of the reviews that an area held (docs/review.md).</summary>
internal static class MinutesEndpoints
{
    private static readonly CommandPipeline<AreaCode, ReviewCommand, ReviewOutcome> s_reviews = new()
    {
        Find = Find,
        DecideAsync = (call, area, command) => call.Grain<IReviewGrain>(area.Value).ExecuteAsync(command),
        RejectOf = outcome => (outcome.Reject, null),
        Codes = Targets.GridCodes,
    };

    public static void MapMinutes(this IEndpointRouteBuilder api)
    {
        s_reviews.Map<MinutesBody>(api, "areas/{code}/reviews", Hold, CommandAnswer<ReviewOutcome>.Created(
                (call, _) => $"areas/{call.Path("code")}/reviews",
                (call, outcome) => Minutes.Of(outcome.Review!, call.Now)))
            .Describe("holdReview", "Record the minutes of a review that was held", "登记研判会议纪要")
            .Refuses(RejectCode.AreaHoldsTooManyReviews);
        s_reviews.Map<FinishedBody>(
                api, "areas/{code}/reviews/{id}/items/{number}/finish", (call, _, body) => new FinishReviewItem(
                    call.Id, call.Me, call.Path("id"), NumberIn(call),
                    call.Check.Text(body.Text, "text", ReviewView.TextMax)),
                CommandAnswer<ReviewOutcome>.Ok((call, outcome) => Minutes.Of(outcome.Review!, call.Now)))
            .Describe("finishReviewItem", "What a review decided is done", "研判事项办结")
            .Refuses(RejectCode.ReviewItemIsUnknown, RejectCode.ReviewItemIsDone);
        api.MapGet("areas/{code}/reviews", GetAsync)
            .Describe("getReviews", "The reviews that an area held, the last first", "研判会议纪要")
            .Produces<MinutesList>().Refuses(Targets.GridCodes);
    }

    /// <summary>What former reviews decided and nobody has done: it comes up again.</summary>
    public static async Task<IReadOnlyList<MinutesItem>> PendingAsync(
        IClusterClient client, Actor me, AreaCode area, DateTimeOffset now) => me.SeesMinutes(area)
            ? [.. (await client.GetGrain<IReviewGrain>(area.Value).GetReviewsAsync())
                .SelectMany(review => MinutesItem.Of(review, now)).Where(item => item.DoneAt is null)
                .OrderBy(item => item.DueOn)]
            : [];

    private static HoldReview Hold(CommandCall call, AreaCode area, MinutesBody body)
    {
        var (heldOn, items) = body.Read(call.Check, area, call.Now);
        return new HoldReview(call.Id, call.Me, $"R{call.Id:N}"[..17], heldOn, items);
    }

    private static int NumberIn(CommandCall call)
    {
        var isNumber = int.TryParse(
            call.Path("number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        call.Check.That(isNumber && number is >= 1 and <= ReviewView.ItemsMax, "number", $"is 1-{ReviewView.ItemsMax}");
        return number;
    }

    private static IResult? Find(CommandCall call, out AreaCode area)
    {
        if (AreaAccess.Refusal(call.Path("code"), call.Me, call.View, out area, isForStaff: true) is { } refusal)
            return refusal;
        AreaAccess.Below(area, call.Check);
        return null;
    }

    private static async Task<IResult> GetAsync(
        string code, CurrentActor me, IDirectory directory, IClusterClient client, TimeProvider time)
    {
        if (AreaAccess.Refusal(code, me.Actor, directory.Current, out AreaCode area, isForStaff: true) is { } refusal)
            return refusal;
        if (!me.Actor.SeesMinutes(area))
            return Problem.Of(RejectCode.RoleMayNot);
        var check = AreaAccess.Below(area);
        if (check.Failed)
            return check.Problem;
        var reviews = await client.GetGrain<IReviewGrain>(area.Value).GetReviewsAsync();
        var now = time.GetUtcNow();
        return Results.Ok(new MinutesList(area, [.. reviews.Select(review => Minutes.Of(review, now))]));
    }
}
