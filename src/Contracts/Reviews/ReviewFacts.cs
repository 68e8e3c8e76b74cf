using GridMesh.Contracts.Facts;

namespace GridMesh.Contracts.Reviews;

/// <summary>Something that happened to the reviews of an area, in the stream <c>review:{area}</c>.</summary>
public abstract record ReviewFact(DateTimeOffset At, string By, string Review) : IFact;

public sealed record ReviewHeld(
    DateTimeOffset At, string By, string Review, DateOnly HeldOn, ImmutableArray<ReviewItem> Items)
    : ReviewFact(At, By, Review);

/// <param name="Number">Place among the review's items, from 1.</param>
public sealed record ReviewItemDone(DateTimeOffset At, string By, string Review, int Number, string Text)
    : ReviewFact(At, By, Review);
