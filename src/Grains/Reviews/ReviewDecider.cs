using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Reviews;

namespace GridMesh.Grains.Reviews;

/// <summary>Decides over an area's reviews; pure.</summary>
public static class ReviewDecider
{
    /// <summary>A fact, or why not.</summary>
    public static (RejectCode? Reject, ReviewFact? Fact) Decide(
        AreaCode area, ReviewFold fold, ReviewCommand command, DateTimeOffset now) => command switch
    {
        _ when !command.By.SeesMinutes(area) => (RejectCode.RoleMayNot, null),
        HoldReview when fold.Unfinished >= ReviewView.KeptMax => (RejectCode.AreaHoldsTooManyReviews, null),
        HoldReview c => (null, new ReviewHeld(now, c.By.Id, c.Review, c.HeldOn, c.Items)),
        FinishReviewItem c => Finish(fold.Find(c.Review), c, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no command of reviews"),
    };

    private static (RejectCode?, ReviewFact?) Finish(
        ReviewView? review, FinishReviewItem command, DateTimeOffset now) =>
        review is null || command.Number > review.Items.Length ? (RejectCode.ReviewItemIsUnknown, null)
        : review.Items[command.Number - 1].DoneAt is not null ? (RejectCode.ReviewItemIsDone, null)
        : (null, new ReviewItemDone(now, command.By.Id, command.Review, command.Number, command.Text));
}
