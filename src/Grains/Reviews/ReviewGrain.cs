using GridMesh.Contracts.Reviews;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Facts;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GridMesh.Grains.Reviews;

/// <summary>The reviews of one area. It wakes for who asks and goes again: nothing in it waits for a time.</summary>
internal sealed class ReviewGrain(
    [PersistentState("review", "state")] IPersistentState<ReviewSnapshot> snapshot, IJournal journal,
    TimeProvider time, ILogger<ReviewGrain> log)
    : FoldGrain<ReviewFact, ReviewSnapshot, ReviewFold>(snapshot, journal, log), IReviewGrain
{
    protected override GrainKind Kind => GrainKinds.Review;

    public async Task<ReviewOutcome> ExecuteAsync(ReviewCommand command)
    {
        var ending = await ExecuteAsync(command, () => ReviewDecider.Decide(Area, Fold, command, NowBy(time)));
        if (ending.Reject is { } reject)
            return new ReviewOutcome(reject, null);
        await Kept.KeepIfDueAsync();
        return new ReviewOutcome(null, Fold.Find(command.Review));
    }

    public async Task<ImmutableArray<ReviewView>> GetReviewsAsync()
    {
        await ReadAsync();
        return [.. Fold.All];
    }

    protected override ReviewFold Open(ReviewSnapshot snapshot) => new(snapshot);
}
