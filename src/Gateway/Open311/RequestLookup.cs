using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Letters;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Keys;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Open311;

/// <summary>Requests by number, as many as an address may look up; who has a key is limited by the key.</summary>
internal static class RequestLookup
{
    /// <summary>Most numbers of one call.</summary>
    public const int IdsMax = 50;

    public static async Task<IResult> GetAsync(
        string id, HttpContext context, IDirectory directory, PublicLines lines, IncidentService service,
        [FromKeyedServices(RequestEndpoint.Keys)] ApiKeys keys, LookupLimits limits)
    {
        var (incident, problem) = await OneAsync(id, context, directory.Current, service, keys, limits);
        return problem ?? new Open311Answer(RequestDocuments.Of(
            [new RequestDocuments(directory.Current, lines).ItemOf(incident!)]));
    }

    /// <summary>
    /// A report is answered with its number at once, so nobody is ever given a token: a number stands for itself.
    /// </summary>
    public static async Task<IResult> TokenAsync(
        string token, HttpContext context, IDirectory directory, IncidentService service,
        [FromKeyedServices(RequestEndpoint.Keys)] ApiKeys keys, LookupLimits limits)
    {
        var (incident, problem) = await OneAsync(token, context, directory.Current, service, keys, limits);
        return problem ?? new Open311Answer(RequestDocuments.Of(
            [new Fields(("service_request_id", incident!.Id.Value), ("token", incident.Id.Value))]));
    }

    /// <summary>Those of the list that exist; the other parameters of the search count for nothing then.</summary>
    public static async Task<IResult> ManyAsync(
        string list, HttpContext context, IDirectory directory, PublicLines lines, IncidentService service,
        ApiKeys keys, LookupLimits limits)
    {
        var ids = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct().ToArray();
        if (ids.Length > IdsMax)
            return Open311Answer.Error(StatusCodes.Status400BadRequest, $"service_request_id: at most {IdsMax} ids");

        var (counts, refusal) = Admit(context, keys, limits);
        if (refusal is not null)
            return refusal;

        var documents = new RequestDocuments(directory.Current, lines);
        var found = new List<Part>();
        foreach (var id in ids)
        {
            var (incident, problem) = await FindAsync(id, context, directory.Current, service, counts);
            if (incident is not null)
                found.Add(documents.ItemOf(incident));
            else if (problem!.Status == StatusCodes.Status429TooManyRequests)
                return problem;
        }

        return new Open311Answer(RequestDocuments.Of(found));
    }

    public static Open311Answer TooMany() => Open311Answer.Error(
        StatusCodes.Status429TooManyRequests, "too many look-ups from this address; wait and ask again");

    private static async Task<(IncidentView? Incident, Open311Answer? Problem)> OneAsync(
        string id, HttpContext context, DirectoryView view, IncidentService service, ApiKeys keys, LookupLimits limits)
    {
        var (counts, refusal) = Admit(context, keys, limits);
        return refusal is not null ? (null, refusal) : await FindAsync(id, context, view, service, counts);
    }

    /// <summary>The limits that count for this caller: none where a known key came, which counts itself.</summary>
    public static (LookupLimits? Counts, Open311Answer? Refusal) Admit(
        HttpContext context, ApiKeys keys, LookupLimits limits) =>
        Open311Endpoints.Parameter(context, "api_key") is { } key
            ? (null, RequestEndpoint.RefusalOf(keys.Admit(key).Verdict))
            : (limits, null);

    private static async Task<(IncidentView? Incident, Open311Answer? Problem)> FindAsync(
        string id, HttpContext context, DirectoryView view, IncidentService service, LookupLimits? limits)
    {
        if (limits?.TryTake(context) == false)
            return (null, TooMany());

        if (await PublicEndpoints.FindAsync(id, view, service) is { } incident)
            return (incident, null);

        limits?.Missed(context);
        return (null, Open311Answer.Error(
            StatusCodes.Status404NotFound, $"service_request_id: no request '{WholeText.Shorten(id)}'"));
    }
}
