using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;

namespace GridMesh.Contracts.Storage;

/// <summary>What to look for; null means any. Times are of the report.</summary>
/// <param name="Steps">Any of these; empty means all.</param>
/// <param name="AnyLine">Cases that one of these lines owns or was called to; empty means all.</param>
/// <param name="Text">Part of number or description.</param>
/// <param name="Lines">Lines the asker is limited to; empty means all.</param>
/// <param name="Categories">Any of these; empty means all.</param>
/// <param name="Reporter">Only cases that this one reported itself.</param>
/// <param name="IsOpen">Only open cases, or only those that have left the open steps.</param>
public sealed record CaseQuery(
    AreaCode Area,
    ImmutableArray<Step> Steps = default,
    ImmutableArray<Line> AnyLine = default,
    bool? Overdue = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Text = null,
    ImmutableArray<Line> Lines = default,
    ImmutableArray<string> Categories = default,
    bool? IsOpen = null,
    string? Owner = null,
    string? Reporter = null)
{
    /// <summary>Most items of one page.</summary>
    public const int LimitMax = 200;
}

/// <param name="Next">Opaque; hand it back for the next page, null at the end.</param>
public sealed record CasePage(IReadOnlyList<CaseRow> Items, string? Next);

/// <summary>
/// Cheap fingerprint of a grid's case rows and duty rows: a live grid with the same one has missed nothing.
/// </summary>
public readonly record struct GridDigest(long Cases, long VersionSum, long DutyVersionSum = 0);

/// <summary>Reads of the case list and the duty list.</summary>
public interface ICaseIndex
{
    /// <summary>All cases of the grid that are open, or were reported or closed on that day (yyyyMMdd).</summary>
    ValueTask<IReadOnlyList<CaseRow>> ReadGridAsync(AreaCode grid, int day, CancellationToken cancellation = default);

    /// <summary>Fingerprint of exactly those rows, and of those that <see cref="ReadDutyAsync"/> reads.</summary>
    ValueTask<GridDigest> DigestGridAsync(AreaCode grid, int day, CancellationToken cancellation = default);

    /// <summary>Highest serial issued in the grid for numbers of that day, 0 if none.</summary>
    ValueTask<int> LastSerialAsync(AreaCode grid, DateOnly day, CancellationToken cancellation = default);

    /// <summary>Newest report first. <paramref name="limit"/> 1 to <see cref="CaseQuery.LimitMax"/>.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    ValueTask<CasePage> SearchAsync(
        CaseQuery query, int limit, string? cursor, CancellationToken cancellation = default);

    /// <summary>Duty rows of the grid's workers who ever went on duty.</summary>
    ValueTask<IReadOnlyList<DutyRow>> ReadDutyAsync(AreaCode grid, CancellationToken cancellation = default);

    /// <summary>One worker's duty row, null if never on duty.</summary>
    ValueTask<DutyRow?> FindDutyAsync(string worker, CancellationToken cancellation = default);

    /// <summary>Every case row, in the order of its number, in pages: for verify and export.</summary>
    IAsyncEnumerable<CaseRow> ReadAllCasesAsync(CancellationToken cancellation = default);
}
