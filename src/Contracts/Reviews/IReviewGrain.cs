using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Reviews;

/// <summary>What was taken up in a review, and what came of it.</summary>
/// <param name="Responsible">Who sees to it: a person, a post or a department, in the words of the minutes.</param>
/// <param name="Incident">The case that it is about, if it is about one.</param>
[GenerateSerializer, Immutable, Alias("ReviewItem")]
public sealed record ReviewItem(
    [property: Id(0)] string Topic, [property: Id(1)] string Decision, [property: Id(2)] string Responsible,
    [property: Id(3)] DateOnly DueOn, [property: Id(4)] CaseNumber? Incident);

/// <summary>
/// An order to the reviews of one area. The same <see cref="CommandId"/> again is answered as the first time.
/// </summary>
[GenerateSerializer, Immutable, Alias("ReviewCommand")]
public abstract record ReviewCommand(
    [property: Id(0)] Guid CommandId, [property: Id(1)] Actor By, [property: Id(2)] string Review) : ICommand;

/// <summary>The minutes of a review that was held.</summary>
[GenerateSerializer, Immutable, Alias("HoldReview")]
public sealed record HoldReview(
    Guid CommandId, Actor By, string Review, [property: Id(0)] DateOnly HeldOn,
    [property: Id(1)] ImmutableArray<ReviewItem> Items) : ReviewCommand(CommandId, By, Review);

/// <summary>What was decided is done.</summary>
/// <param name="Number">Place among the review's items, from 1.</param>
[GenerateSerializer, Immutable, Alias("FinishReviewItem")]
public sealed record FinishReviewItem(
    Guid CommandId, Actor By, string Review, [property: Id(0)] int Number, [property: Id(1)] string Text)
    : ReviewCommand(CommandId, By, Review);

/// <param name="DoneAt">Null while it is not done.</param>
[GenerateSerializer, Immutable, Alias("ReviewItemView")]
public sealed record ReviewItemView(
    [property: Id(0)] ReviewItem Item, [property: Id(1)] DateTimeOffset? DoneAt, [property: Id(2)] string? DoneBy,
    [property: Id(3)] string? Text);

[GenerateSerializer, Immutable, Alias("ReviewView")]
public sealed record ReviewView(
    [property: Id(0)] string Id, [property: Id(1)] DateOnly HeldOn, [property: Id(2)] DateTimeOffset RecordedAt,
    [property: Id(3)] string RecordedBy, [property: Id(4)] ImmutableArray<ReviewItemView> Items)
{
    /// <summary>Items of one review.</summary>
    public const int ItemsMax = 30;

    /// <summary>Reviews that an area keeps at hand; the oldest that is done gives way, its facts stay.</summary>
    public const int KeptMax = 60;

    public const int TextMax = 500;

    public const int ResponsibleMax = 64;

    public bool IsDone => Items.All(item => item.DoneAt is not null);
}

/// <param name="Review">As it stands after the command; null when it was refused.</param>
[GenerateSerializer, Immutable, Alias("ReviewOutcome")]
public sealed record ReviewOutcome([property: Id(0)] RejectCode? Reject, [property: Id(1)] ReviewView? Review);

/// <summary>The reviews 研判 that one area held. Key: the area's code.</summary>
[Alias("IReviewGrain")]
public interface IReviewGrain : IGrainWithStringKey
{
    /// <summary>Answered once the fact is durable.</summary>
    [Alias("Execute")]
    Task<ReviewOutcome> ExecuteAsync(ReviewCommand command);

    /// <summary>Those at hand, the one held last first.</summary>
    [Alias("GetReviews")]
    Task<ImmutableArray<ReviewView>> GetReviewsAsync();
}
