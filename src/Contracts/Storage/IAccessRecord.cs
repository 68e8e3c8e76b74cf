using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Storage;

/// <summary>Which entries are wanted; null means any.</summary>
/// <param name="Area">What was read belongs to it or lies below.</param>
public sealed record AccessQuery(
    AreaCode Area, string? Sub = null, string? Subject = null, AccessKind? Kind = null, DateTimeOffset? From = null,
    DateTimeOffset? To = null)
{
    /// <summary>Most entries of one page.</summary>
    public const int LimitMax = 500;
}

/// <param name="Next">Hand it back for the next page; null at the end.</param>
public sealed record AccessPage(IReadOnlyList<AccessEntry> Items, long? Next);

/// <summary>Who read what of people. Nothing in it is ever changed; what is old enough goes.</summary>
public interface IAccessRecord
{
    /// <summary>Durable when it answers.</summary>
    ValueTask AppendAsync(IReadOnlyList<AccessEntry> entries, CancellationToken cancellation = default);

    /// <summary>The latest first. <paramref name="limit"/> 1 to <see cref="AccessQuery.LimitMax"/>.</summary>
    /// <param name="before">As a page handed out; null for the first.</param>
    ValueTask<AccessPage> ReadAsync(
        AccessQuery query, int limit, long? before, CancellationToken cancellation = default);

    /// <summary>Lets go of what is older.</summary>
    ValueTask ForgetAsync(DateTimeOffset before, CancellationToken cancellation = default);
}
