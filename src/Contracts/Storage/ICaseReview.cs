using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Contracts.Storage;

/// <summary>What a regular review 研判 looks at.</summary>
/// <param name="Area">A district or what lies below it.</param>
/// <param name="From">First report that is counted for repeats.</param>
/// <param name="To">After the last report that is looked at.</param>
/// <param name="Now">The moment that ages are told at.</param>
/// <param name="Line">Cases that this line owns or was called to; null means any.</param>
/// <param name="Lines">Lines the asker is limited to; empty means all.</param>
public sealed record ReviewQuery(
    AreaCode Area, DateTimeOffset From, DateTimeOffset To, DateTimeOffset Now, Line? Line = null,
    ImmutableArray<Line> Lines = default);

/// <summary>How many of a category are open and how long, in whole days.</summary>
/// <param name="Week">At most 7 days.</param>
/// <param name="Fortnight">8 to 15 days.</param>
/// <param name="Month">16 to 30 days.</param>
/// <param name="Longer">31 days or more.</param>
public sealed record OpenCount(string Category, long Week, long Fortnight, long Month, long Longer);

/// <summary>Cases of a category that were reported in a grid in the period.</summary>
/// <param name="InSpot">How many of them lie in the fullest spot, 0 where none has a position.</param>
/// <param name="Spot">The middle of that spot, a thousandth of a degree wide: about 100 m.</param>
public sealed record RepeatCount(AreaCode Grid, string Category, long Cases, long InSpot, GeoPoint? Spot);

/// <param name="Open">By category, those that were reported before the end and are open.</param>
/// <param name="Oldest">The oldest of them, at most <see cref="ICaseReview.OldestMax"/>.</param>
/// <param name="Reported">By grid and category, everything that was reported in the period.</param>
public sealed record CaseReview(
    IReadOnlyList<OpenCount> Open, IReadOnlyList<CaseRow> Oldest, IReadOnlyList<RepeatCount> Reported);

/// <summary>What the case list says for a review.</summary>
public interface ICaseReview
{
    /// <summary>Most open cases that are told one by one.</summary>
    const int OldestMax = 100;

    /// <exception cref="ArgumentOutOfRangeException">The area is above a district.</exception>
    ValueTask<CaseReview> ReadAsync(ReviewQuery query, CancellationToken cancellation = default);
}
