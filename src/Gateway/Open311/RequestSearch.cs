using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Keys;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Open311;

/// <summary><c>GET requests</c>: pages of the case list, read along an index, and the news of their cases.</summary>
internal static class RequestSearch
{
    /// <summary>Requests of a page that cost somebody without a key as much as a look-up.</summary>
    private const int RowsPerLookup = 100;

    public static async Task<IResult> GetAsync(
        HttpContext context, IDirectory directory, PublicLines lines, ICaseIndex index, IFactReader facts,
        IncidentService service, [FromKeyedServices(RequestEndpoint.Keys)] ApiKeys keys, LookupLimits limits,
        TimeProvider time,
        CancellationToken cancellation)
    {
        if (Open311Endpoints.Parameter(context, "service_request_id") is { } ids)
            return await RequestLookup.ManyAsync(ids, context, directory, lines, service, keys, limits);

        var (counts, refusal) = RequestLookup.Admit(context, keys, limits);
        if (refusal is not null)
            return refusal;

        var view = directory.Current;
        var (query, problem) = RequestQuery.Read(context, view, lines, time.GetUtcNow());
        if (problem is not null)
            return problem;

        if (counts?.TryTake(context, 1 + (query!.Take / RowsPerLookup)) == false)
            return RequestLookup.TooMany();

        var rows = lines.All.IsEmpty ? [] : await ReadAsync(query!, index, cancellation);
        var news = await CaseNews.ReadAsync(facts, rows, cancellation);
        var documents = new RequestDocuments(view, lines);
        return new Open311Answer(RequestDocuments.Of(rows
            .Where(row => news.ContainsKey(row.Number.Value))
            .Select(row => documents.ItemOf(row, news[row.Number.Value]))));
    }

    /// <summary>The rows of a page, and no more reads than it needs.</summary>
    public static async Task<List<CaseRow>> ReadAsync(
        RequestQuery query, ICaseIndex index, CancellationToken cancellation)
    {
        var rows = new List<CaseRow>();
        var wanted = query.Skip + query.Take;
        string? cursor = null;
        do
        {
            var page = await index.SearchAsync(
                query.Cases, Math.Min(CaseQuery.LimitMax, Math.Max(1, wanted - rows.Count)), cursor, cancellation);
            rows.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null && rows.Count < wanted);
        return [.. rows.Skip(query.Skip).Take(query.Take)];
    }
}
