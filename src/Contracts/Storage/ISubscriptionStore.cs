using GridMesh.Contracts.Subscriptions;

namespace GridMesh.Contracts.Storage;

/// <param name="Cursor">Sequence number of the journal up to which it is told.</param>
public sealed record StoredSubscription(Subscription Subscription, long Cursor);

/// <summary>
/// An event that could not be delivered. What it said is made again from the journal, so only its place is kept.
/// </summary>
/// <param name="Number">Given by the store: 1 for a subscription's first, and never again.</param>
/// <param name="Stream">The case, and by <paramref name="Version"/> the fact of it.</param>
/// <param name="Event">A name of <see cref="IncidentEvents"/>.</param>
/// <param name="Error">What the last attempt met.</param>
public sealed record DeadLetter(
    long Number, string Stream, long Version, string Event, DateTimeOffset DiedAt, int Attempts, string Error)
{
    /// <summary>
    /// Most dead letters of a subscription: with so many it waits for an operator, and loses nothing.
    /// </summary>
    public const int CountMax = 10_000;

    /// <summary>Longest error kept, in characters.</summary>
    public const int ErrorMax = 500;
}

/// <summary>Subscriptions, how far each has come, and what could not be delivered.</summary>
public interface ISubscriptionStore
{
    /// <summary>
    /// Stores a new one, to be told of what is appended from now on. Answers what is stored under its id: the same id
    /// again changes nothing. Null: there are <see cref="Subscription.CountMax"/> already, or
    /// <see cref="Subscription.OwnMax"/> of its subject.
    /// </summary>
    ValueTask<StoredSubscription?> CreateAsync(Subscription subscription, CancellationToken cancellation = default);

    ValueTask<StoredSubscription?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>All of them, oldest first.</summary>
    ValueTask<IReadOnlyList<Subscription>> ListAsync(CancellationToken cancellation = default);

    /// <summary>Removes it with its dead letters; false when there was none.</summary>
    ValueTask<bool> DeleteAsync(string id, CancellationToken cancellation = default);

    /// <summary>
    /// Moves the cursor and buries what could not be delivered, in one transaction. False, and nothing is done, when
    /// the cursor is not where the caller left it: another activation is ahead.
    /// </summary>
    ValueTask<bool> AdvanceAsync(
        string id, long from, long to, IReadOnlyList<DeadLetter> dead, CancellationToken cancellation = default);

    /// <summary>Dead letters after a number, oldest first.</summary>
    ValueTask<IReadOnlyList<DeadLetter>> ListDeadAsync(
        string id, long after, int limit, CancellationToken cancellation = default);

    ValueTask<int> CountDeadAsync(string id, CancellationToken cancellation = default);

    /// <summary>False when there is no such letter.</summary>
    ValueTask<bool> RemoveDeadAsync(string id, long number, CancellationToken cancellation = default);
}
