using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Reviews;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Reviews;

internal sealed record MinutesItemBody
{
    [Required, MaxLength(ReviewView.TextMax)]
    public string? Topic { get; init; }

    [Required, MaxLength(ReviewView.TextMax)]
    public string? Decision { get; init; }

    [Required, MaxLength(ReviewView.ResponsibleMax)]
    public string? Responsible { get; init; }

    [Required, RegularExpression(TextForms.Day)]
    public string? DueOn { get; init; }

    [RegularExpression(TextForms.Case)]
    public string? Incident { get; init; }
}

/// <summary>What was taken up in a review, what was decided, who sees to it and by when.</summary>
internal sealed record MinutesBody
{
    /// <summary>Minutes are written soon after.</summary>
    private const int BackMax = 62;

    private const int AheadMax = 366;

    [Required, RegularExpression(TextForms.Day)]
    public string? HeldOn { get; init; }

    [Required, MinLength(1), MaxLength(ReviewView.ItemsMax)]
    public IReadOnlyList<MinutesItemBody>? Items { get; init; }

    public (DateOnly HeldOn, ImmutableArray<ReviewItem> Items) Read(Check check, AreaCode area, DateTimeOffset now)
    {
        var today = ChinaTime.Day(now);
        var heldOn = check.Day(HeldOn, "heldOn");
        check.That(
            heldOn is not { } day || (day <= today && day >= today.AddDays(-BackMax)), "heldOn",
            $"is today or at most {BackMax} days ago");
        var items = Items ?? [];
        check.That(items.Count is > 0 and <= ReviewView.ItemsMax, "items", $"are 1-{ReviewView.ItemsMax}");
        var read = items.Take(ReviewView.ItemsMax).Select((item, i) => Read(item, $"items[{i}]."));
        return (heldOn ?? default, [.. read]);

        ReviewItem Read(MinutesItemBody? item, string at)
        {
            var due = check.Day(item?.DueOn, $"{at}dueOn");
            check.That(
                due is not { } end || heldOn is not { } start || (end >= start && end <= start.AddDays(AheadMax)),
                $"{at}dueOn", $"is the day of the review or at most {AheadMax} days later");
            return new ReviewItem(
                check.Text(item?.Topic, $"{at}topic", ReviewView.TextMax),
                check.Text(item?.Decision, $"{at}decision", ReviewView.TextMax),
                check.Text(item?.Responsible, $"{at}responsible", ReviewView.ResponsibleMax), due ?? default,
                Case(check, item?.Incident, area, $"{at}incident"));
        }
    }

    private static CaseNumber? Case(Check check, string? text, AreaCode area, string field)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var number = check.Case(text, field);
        check.That(check.Failed || area.Contains(number.Grid), field, "is a case of this area");
        return number;
    }
}

internal sealed record FinishedBody
{
    [Required, MaxLength(ReviewView.TextMax)]
    public string? Text { get; init; }
}

/// <param name="Number">Place among the items of its review, from 1.</param>
/// <param name="Overdue">Not done, though its day is over.</param>
internal sealed record MinutesItem(
    string Review, int Number, string Topic, string Decision, string Responsible, DateOnly DueOn, CaseNumber? Incident,
    bool Overdue, DateTimeOffset? DoneAt, string? DoneBy, string? Text)
{
    public static IEnumerable<MinutesItem> Of(ReviewView review, DateTimeOffset now) => review.Items.Select(
        (one, i) => new MinutesItem(
            review.Id, i + 1, one.Item.Topic, one.Item.Decision, one.Item.Responsible, one.Item.DueOn,
            one.Item.Incident, one.DoneAt is null && one.Item.DueOn < ChinaTime.Day(now), one.DoneAt, one.DoneBy,
            one.Text));
}

/// <summary>A review that was held.</summary>
internal sealed record Minutes(
    string Id, DateOnly HeldOn, DateTimeOffset RecordedAt, string RecordedBy, IReadOnlyList<MinutesItem> Items)
{
    public static Minutes Of(ReviewView review, DateTimeOffset now) => new(
        review.Id, review.HeldOn, review.RecordedAt, review.RecordedBy, [.. MinutesItem.Of(review, now)]);
}

/// <param name="Items">The one held last first.</param>
internal sealed record MinutesList(AreaCode Area, IReadOnlyList<Minutes> Items);
