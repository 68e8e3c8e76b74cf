using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Directory;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Keys;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Plumbing.Telemetry;

namespace GridMesh.Gateway.Open311;

/// <summary><c>POST requests</c>: the key, then the form, then the same way as every report.</summary>
internal static class RequestEndpoint
{
    /// <summary>The keys of this endpoint, so that another one can have its own.</summary>
    public const string Keys = "open311";

    private const string FormType = "application/x-www-form-urlencoded";

    public static async Task<IResult> PostAsync(
        HttpContext context, [FromKeyedServices(Keys)] ApiKeys keys, IDirectory directory, GridLocator locator,
        IncidentService service, TimeProvider time)
    {
        var started = time.GetTimestamp();
        var (form, problem) = await ReadFormAsync(context.Request);
        string? Get(string name) => form![name] is [{ Length: > 0 } value, ..]
            ? value
            : Open311Endpoints.Parameter(context, name);
        if (problem is not null)
            return problem;

        var (verdict, key) = keys.Admit(Get("api_key"));
        if (RefusalOf(verdict) is { } refusal)
            return refusal;

        var view = directory.Current;
        var (district, unserved) = Jurisdictions.Find(view, Get("jurisdiction_id"));
        if (unserved is not null)
            return unserved;

        var report = new ReportForm(form!, Get, view, district, locator);
        var actor = ActorOf(key!, district);
        var hasId = Commands.TryGetId(context, actor, out var id);
        if (!hasId || report.Faults.Count > 0)
        {
            string[] faults = hasId ? [] : [$"{Commands.Header}: has 1-{Commands.KeyMax} characters"];
            return Open311Answer.Error(StatusCodes.Status400BadRequest, [.. faults, .. report.Faults]);
        }

        if (!actor.Sees(report.Grid))
        {
            return Open311Answer.Error(
                StatusCodes.Status403Forbidden, $"api_key: reports within {actor.Area} only");
        }

        var outcome = await service.ReportAsync(report.Grid, new ReportIncident(
            id, actor, report.Standard!.Category, report.Description, report.Position, null, report.Severity,
            Source.Resident, report.Reporter, null));
        GatewayMeter.Acknowledge.Record(
            time.GetElapsedTime(started).TotalMilliseconds, new KeyValuePair<string, object?>("command", "open311"));
        return outcome.Reject is { } reject
            ? Open311Answer.Error(ProblemStatus.Of(reject), Problem.Words(reject.ToString()))
            : Answer(outcome.Case!, report.Standard);
    }

    public static Open311Answer? RefusalOf(KeyVerdict verdict) => verdict switch
    {
        KeyVerdict.Admitted => null,
        KeyVerdict.TooOften => Open311Answer.Error(
            StatusCodes.Status429TooManyRequests, "api_key: its limit of requests is reached"),
        _ => Open311Answer.Error(StatusCodes.Status403Forbidden, "api_key: is missing or not known here"),
    };

    private static Open311Answer Answer(IncidentView incident, FilingStandard standard) => new(
        RequestDocuments.Of([new Fields(
            ("service_request_id", incident.Id.Value),
            ("service_notice", ServiceDocuments.NoticeOf(standard)),
            ("account_id", (string?)null))]),
        StatusCodes.Status201Created);

    /// <summary>A key acts under a name of its own, which its commands are scoped to.</summary>
    public static Actor ActorOf(ApiKey key, AreaCode district) =>
        new($"{Keys}:{key.Name}", $"Open311 {key.Name}", Role.Resident, key.Area ?? district, null, []);

    private static async Task<(IFormCollection? Form, Open311Answer? Problem)> ReadFormAsync(HttpRequest request)
    {
        if (request.ContentType is { Length: > 0 } type
            && !type.StartsWith(FormType, StringComparison.OrdinalIgnoreCase))
        {
            return (null, Open311Answer.Error(
                StatusCodes.Status415UnsupportedMediaType, $"the body is {FormType}"));
        }

        try
        {
            return (request.HasFormContentType ? await request.ReadFormAsync() : FormCollection.Empty, null);
        }
        catch (InvalidDataException)
        {
            return (null, Open311Answer.Error(
                StatusCodes.Status400BadRequest,
                "a field of the form has NUL in it or is too long, or there are too many"));
        }
    }
}
