using System.Globalization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Open311;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Residents;

/// <summary>A page of the cases of public lines.</summary>
/// <param name="HasMore">There are older ones.</param>
public sealed record PublicPage(IReadOnlyList<PublicCase> Cases, bool HasMore);

/// <summary>
/// The list that everybody sees, newest first, of the same span and bound as a search of Open311. A page that was read
/// a moment ago is shown again, so that many who look at it cost no more than one.
/// </summary>
internal sealed class PublicCases(
    ICaseIndex index, IFactReader facts, IDirectory directory, PublicLines lines, TimeProvider time)
{
    public const int PageSize = 20;

    public const int PagesMax = RequestQuery.RequestsMax / PageSize;

    private const int PagesKept = 512;

    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(3);

    private readonly RecentMap<Kept> _pages = new(PagesKept);

    /// <summary>Null where it has to be read: the caller pays for that first.</summary>
    public PublicPage? Find(AreaCode district, bool? isOpen, int page) =>
        _pages.Find(KeyOf(district, isOpen, page)) is { } kept && time.GetElapsedTime(kept.At) < s_fresh
            ? kept.Page
            : null;

    /// <summary>The first page of all: everybody begins with it, so that nobody pays for it.</summary>
    public async ValueTask<PublicPage> NewestAsync(AreaCode district, CancellationToken cancellation) =>
        Find(district, null, 1) ?? await ReadAsync(district, null, 1, cancellation);

    public async Task<PublicPage> ReadAsync(
        AreaCode district, bool? isOpen, int page, CancellationToken cancellation)
    {
        var view = directory.Current;
        var query = new RequestQuery(
            new CaseQuery(
                district, From: time.GetUtcNow() - RequestQuery.SpanMax, Lines: lines.All, IsOpen: isOpen),
            (page - 1) * PageSize, PageSize + 1);
        var rows = lines.All.IsEmpty ? [] : await RequestSearch.ReadAsync(query, index, cancellation);
        var news = await CaseNews.ReadAsync(facts, rows, cancellation);
        var read = new PublicPage(
            [.. rows.Take(PageSize).Where(row => news.ContainsKey(row.Number.Value))
                .Select(row => PublicCase.Of(row, news[row.Number.Value], view, lines))],
            rows.Count > PageSize && page < PagesMax);
        var key = KeyOf(district, isOpen, page);
        _pages.Forget(key);
        _pages.Keep(key, new Kept(read, time.GetTimestamp()));
        return read;
    }

    private static string KeyOf(AreaCode district, bool? isOpen, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"{district} {isOpen} {page}");

    private sealed record Kept(PublicPage Page, long At);
}
