using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Gateway.Plumbing.Input;

namespace GridMesh.Gateway.Subscriptions;

/// <summary>A new subscription as a client sends it.</summary>
internal sealed record SubscriptionBody
{
    [Required, MaxLength(Subscription.NameMax)]
    public string? Name { get; init; }

    [Required, MaxLength(Subscription.UrlMax)]
    public string? Url { get; init; }

    [Required, MinLength(Subscription.SecretMin), MaxLength(Subscription.SecretMax)]
    public string? Secret { get; init; }

    [RegularExpression(TextForms.Area)]
    public string? Area { get; init; }

    [NamesOf<Line>]
    public IReadOnlyList<string>? Lines { get; init; }

    public IReadOnlyList<string>? Events { get; init; }

    public bool? OrdersOnly { get; init; }

    [Range(1, Subscription.BatchMax)]
    public int? Batch { get; init; }
}

/// <summary>A subscription as it is shown: its secret never is.</summary>
/// <param name="Status">Null in lists.</param>
internal sealed record SubscriptionItem(
    string Id, string Name, string Url, AreaCode Area, ImmutableArray<Line> Lines, ImmutableArray<string> Events,
    bool OrdersOnly, int Batch, string CreatedBy, DateTimeOffset CreatedAt, SubscriptionStatus? Status)
{
    public static SubscriptionItem Of(Subscription one, SubscriptionStatus? status = null) => new(
        one.Id, one.Name, one.Url, one.Area, one.Lines, one.Events, one.OrdersOnly, one.Batch, one.CreatedBy,
        one.CreatedAt, status);
}

/// <summary>What came of sending a dead letter again.</summary>
internal sealed record ResendItem(bool Delivered, string? Error);

/// <summary>An event that could not be delivered.</summary>
/// <param name="Id">The CloudEvent's.</param>
internal sealed record DeadLetterItem(
    long Number, string Id, string Subject, string Event, DateTimeOffset DiedAt, int Attempts, string Error)
{
    public static DeadLetterItem Of(DeadLetter one) => new(
        one.Number, $"{one.Stream}/{one.Version}", one.Stream, one.Event, one.DiedAt, one.Attempts, one.Error);
}
