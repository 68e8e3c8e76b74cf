using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Reviews;

/// <summary>An open case, without what it says of anybody.</summary>
internal sealed record OpenItem(
    CaseNumber Id, string Category, AreaCode Grid, Step Step, string? Owner, DateTimeOffset ReportedAt,
    DateTimeOffset? DueAt, bool Overdue, int DaysOpen);

internal sealed record OpenPart(
    long Count, OpenCount Ages, IReadOnlyList<OpenCount> Categories, IReadOnlyList<OpenItem> Oldest);

/// <param name="IsSpot">Enough of them to be a repeat lie in the spot.</param>
internal sealed record RepeatItem(
    AreaCode Grid, string Category, long Cases, long InSpot, GeoPoint? Spot, bool IsSpot);

internal sealed record SharedChild(AreaCode Code, long Cases);

/// <summary>A category that repeats in several children: it goes up.</summary>
internal sealed record SharedItem(string Category, long Cases, IReadOnlyList<SharedChild> Children);

/// <summary>
/// The list of a review: what stayed open, what repeats where, what several places share, and what former reviews
/// decided and is not done.
/// </summary>
/// <param name="Pending">The one due first first; empty for who sees no minutes.</param>
internal sealed record ReviewAnswer(
    AreaCode Area, DateTimeOffset From, DateTimeOffset To, OpenPart Open, IReadOnlyList<RepeatItem> Repeats,
    IReadOnlyList<SharedItem> Shared, IReadOnlyList<MinutesItem> Pending)
{
    /// <summary>So many of a category in one place are a repeat.</summary>
    public const int RepeatMin = 3;

    private const int RepeatsMax = 100;
    private const int SharedMax = 100;
    private const int SharingMin = 2;

    public static ReviewAnswer Of(ReviewQuery query, CaseReview review, IReadOnlyList<MinutesItem> pending)
    {
        var ages = new OpenCount(
            "", review.Open.Sum(one => one.Week), review.Open.Sum(one => one.Fortnight),
            review.Open.Sum(one => one.Month), review.Open.Sum(one => one.Longer));
        return new ReviewAnswer(
            query.Area, query.From, query.To,
            new OpenPart(
                Sum(ages), ages, [.. review.Open.OrderByDescending(Sum).ThenBy(one => one.Category)],
                [.. review.Oldest.Select(row => Item(row, query.Now))]),
            [.. review.Reported.Where(one => one.Cases >= RepeatMin)
                .OrderByDescending(one => one.Cases).ThenBy(one => one.Grid)
                .ThenBy(one => one.Category, StringComparer.Ordinal).Take(RepeatsMax)
                .Select(one => new RepeatItem(
                    one.Grid, one.Category, one.Cases, one.InSpot, one.Spot, one.InSpot >= RepeatMin))],
            SharedIn(query.Area, review.Reported), pending);
    }

    public static long Sum(OpenCount one) => one.Week + one.Fortnight + one.Month + one.Longer;

    private static SharedItem[] SharedIn(AreaCode area, IReadOnlyList<RepeatCount> reported)
    {
        if (area.Tier == Tier.Grid)
            return [];

        var shared =
            from one in reported
            group one by one.Category into category
            let children = ChildrenOf(category, area.Tier + 1)
            where children.Length >= SharingMin
            let cases = children.Sum(child => child.Cases)
            orderby children.Length descending, cases descending, category.Key
            select new SharedItem(category.Key, cases, children);
        return [.. shared.Take(SharedMax)];
    }

    private static SharedChild[] ChildrenOf(IEnumerable<RepeatCount> category, Tier tier) =>
    [
        .. category.GroupBy(one => one.Grid.At(tier))
            .Select(child => new SharedChild(child.Key, child.Sum(one => one.Cases)))
            .Where(child => child.Cases >= RepeatMin)
            .OrderByDescending(child => child.Cases).ThenBy(child => child.Code),
    ];

    private static OpenItem Item(CaseRow row, DateTimeOffset now) => new(
        row.Number, row.Category, row.Number.Grid, row.Step, row.Owner, row.ReportedAt, row.DueAt, row.Overdue,
        (int)(now - row.ReportedAt).TotalDays);
}
