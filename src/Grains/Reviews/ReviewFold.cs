using GridMesh.Contracts.Reviews;
using GridMesh.Grains.Facts;

namespace GridMesh.Grains.Reviews;

/// <summary>The fold of an area's review facts up to a version.</summary>
[GenerateSerializer, Alias("ReviewSnapshot")]
public sealed record ReviewSnapshot : IFoldSnapshot
{
    [Id(0)] public long Version { get; init; }

    [Id(1)] public ImmutableArray<ReviewView> Reviews { get; init; } = [];
}

/// <summary>The reviews of one area, a fold of their facts.</summary>
public sealed class ReviewFold(ReviewSnapshot snapshot) : FactFold<ReviewFact, ReviewSnapshot>(snapshot.Version)
{
    private readonly Dictionary<string, ReviewView> _reviews = snapshot.Reviews.ToDictionary(review => review.Id);

    /// <summary>Reviews of which something is still to be done.</summary>
    public int Unfinished => _reviews.Values.Count(review => !review.IsDone);

    /// <summary>The one held last first.</summary>
    public IEnumerable<ReviewView> All => _reviews.Values
        .OrderByDescending(review => review.HeldOn).ThenByDescending(review => review.RecordedAt)
        .ThenBy(review => review.Id, StringComparer.Ordinal);

    public ReviewView? Find(string review) => _reviews.GetValueOrDefault(review);

    public override IEnumerable<FoldPart> PartsAt(DateTimeOffset now) => _reviews.Values.Select(
        review => FoldPart.Of($"review {review.Id}", review.IsDone ? "done" : "unfinished", review));

    public override ReviewSnapshot ToSnapshot() => new() { Version = Version, Reviews = [.. All] };

    protected override void Fold(ReviewFact fact)
    {
        switch (fact)
        {
            case ReviewHeld e:
                _reviews[e.Review] = new ReviewView(
                    e.Review, e.HeldOn, e.At, e.By,
                    [.. e.Items.Select(item => new ReviewItemView(item, null, null, null))]);
                if (_reviews.Count > ReviewView.KeptMax && All.LastOrDefault(review => review.IsDone) is { } oldest)
                    _reviews.Remove(oldest.Id);
                break;
            case ReviewItemDone e when Find(e.Review) is { } review:
                var item = review.Items[e.Number - 1] with { DoneAt = e.At, DoneBy = e.By, Text = e.Text };
                _reviews[e.Review] = review with { Items = review.Items.SetItem(e.Number - 1, item) };
                break;
        }
    }
}
