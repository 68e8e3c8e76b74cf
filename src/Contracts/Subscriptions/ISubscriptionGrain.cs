namespace GridMesh.Contracts.Subscriptions;

[GenerateSerializer, Alias("DeliveryStep")]
public enum DeliveryStep
{
    /// <summary>Tells whatever comes.</summary>
    Following,

    /// <summary>The last attempt failed; the next one comes at its time.</summary>
    Retrying,

    /// <summary>It holds as many dead letters as it may: nothing is sent until some are resent or removed.</summary>
    Full,
}

/// <summary>
/// How a subscription is doing. Counts are since its grain woke; the cursor and dead letters are durable.
/// </summary>
/// <param name="Cursor">Sequence number of the journal up to which everything is told, or dead.</param>
/// <param name="LagSeconds">Age of the oldest fact that has not been told.</param>
/// <param name="Attempts">Failed attempts at the present message.</param>
[GenerateSerializer, Immutable, Alias("SubscriptionStatus")]
public sealed record SubscriptionStatus(
    [property: Id(0)] DeliveryStep Step,
    [property: Id(1)] long Cursor,
    [property: Id(2)] double LagSeconds,
    [property: Id(3)] long Delivered,
    [property: Id(4)] int Attempts,
    [property: Id(5)] DateTimeOffset? NextAttemptAt,
    [property: Id(6)] DateTimeOffset? LastDeliveredAt,
    [property: Id(7)] string? LastError,
    [property: Id(8)] int DeadLetters);

/// <summary>The answer to a new subscription.</summary>
/// <param name="Subscription">As it is stored: the first one where the same id comes again. Null: refused.</param>
/// <param name="UrlProblem">Why nothing is sent to such an address; null as the subscription is: too many.</param>
[GenerateSerializer, Immutable, Alias("SubscriptionOutcome")]
public sealed record SubscriptionOutcome(
    [property: Id(0)] Subscription? Subscription, [property: Id(1)] string? UrlProblem);

/// <summary>What came of sending a dead letter again.</summary>
/// <param name="Error">Null when it was delivered, and is a dead letter no more.</param>
[GenerateSerializer, Immutable, Alias("ResendOutcome")]
public sealed record ResendOutcome([property: Id(0)] string? Error);

/// <summary>Follows the journal for one subscription and sends what it asked for. Key: the subscription's id.</summary>
[Alias("ISubscriptionGrain")]
public interface ISubscriptionGrain : IGrainWithStringKey
{
    /// <summary>Stores it durably; facts from now on are told.</summary>
    [Alias("Create")]
    Task<SubscriptionOutcome> CreateAsync(Subscription subscription);

    /// <summary>Goes on where it was; for the start of a process.</summary>
    [Alias("Wake")]
    Task WakeAsync();

    /// <summary>Null when there is no such subscription.</summary>
    [Alias("GetStatus")]
    Task<SubscriptionStatus?> GetStatusAsync();

    /// <summary>Removes it with its dead letters; false when there was none.</summary>
    [Alias("Delete")]
    Task<bool> DeleteAsync();

    /// <summary>Sends a dead letter once more, now; null when there is no such letter.</summary>
    [Alias("Resend")]
    Task<ResendOutcome?> ResendAsync(long number);

    /// <summary>Gives a dead letter up; false when there is no such letter.</summary>
    [Alias("Drop")]
    Task<bool> DropAsync(long number);
}
