using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Letters;

namespace GridMesh.Gateway.Open311;

/// <summary>
/// Open311 GeoReport v2 (DOMAIN "Open311 GeoReport v2"). Reading is for everybody, reporting needs a key.
/// </summary>
internal static class Open311Endpoints
{
    public const string Root = "/open311/v2";

    /// <summary>Its description is a document of its own.</summary>
    public const string Document = "open311";

    /// <summary>Of the three addresses of a call the one that the description of the API has.</summary>
    private const string Described = ".json";

    /// <summary>An address may name its format; XML has to.</summary>
    private static readonly string[] s_suffixes = ["", ".json", ".xml"];

    public static void MapOpen311(this IEndpointRouteBuilder app)
    {
        var all = app.MapGroup(Root).AllowAnonymous();
        foreach (var suffix in s_suffixes)
        {
            var group = all.MapGroup("");
            Map(group, suffix);
            if (suffix != Described)
                group.ExcludeFromDescription();
        }

        all.Map("{**rest}", Nothing).ExcludeFromDescription();
    }

    private static void Map(RouteGroupBuilder group, string suffix)
    {
        RouteHandlerBuilder[] endpoints =
        [
            group.MapGet($"discovery{suffix}", Discovery),
            group.MapGet($"services{suffix}", Services),
            group.MapGet($"services/{{code}}{suffix}", Definition),
            group.MapGet($"requests{suffix}", RequestSearch.GetAsync),
            group.MapGet($"requests/{{id}}{suffix}", RequestLookup.GetAsync),
            group.MapGet($"tokens/{{token}}{suffix}", RequestLookup.TokenAsync),
            group.MapPost($"requests{suffix}", RequestEndpoint.PostAsync),
        ];
        foreach (var (endpoint, call) in endpoints.Zip(Open311Calls.All))
            endpoint.WithMetadata(call).WithGroupName(Document).WithTags(call.Tag);
    }

    /// <summary>A parameter of the query; an empty one counts as absent.</summary>
    public static string? Parameter(HttpContext context, string name) =>
        context.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    private static IResult Discovery(HttpContext context, Open311Options options, IHostEnvironment environment) =>
        new Open311Answer(DiscoveryDocument.Of(context, options, environment.IsDevelopment()));

    /// <summary>Whatever else is asked for here is not there, for anybody.</summary>
    private static IResult Nothing(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsPost(context.Request.Method)
            ? Open311Answer.Error(StatusCodes.Status404NotFound, "no such resource; see discovery")
            : Open311Answer.Error(StatusCodes.Status405MethodNotAllowed, "GET and POST are understood");

    private static IResult Services(HttpContext context, IDirectory directory)
    {
        var view = directory.Current;
        var (_, problem) = Jurisdictions.Find(view, Parameter(context, "jurisdiction_id"));
        return problem ?? new Open311Answer(ServiceDocuments.List(view.Data.Standards));
    }

    private static IResult Definition(string code, HttpContext context, IDirectory directory)
    {
        var view = directory.Current;
        var (_, problem) = Jurisdictions.Find(view, Parameter(context, "jurisdiction_id"));
        return problem ?? (view.Standards.TryGetValue(code, out var standard)
            ? new Open311Answer(ServiceDocuments.Definition(standard))
            : Open311Answer.Error(
                StatusCodes.Status404NotFound, $"service_code: no service '{WholeText.Shorten(code)}'"));
    }
}
