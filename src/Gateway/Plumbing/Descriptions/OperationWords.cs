namespace GridMesh.Gateway.Plumbing.Descriptions;

/// <summary>What an endpoint declares for the description of the API.</summary>
internal static class OperationWords
{
    /// <summary>Names the calls of a feature.</summary>
    public static RouteGroupBuilder Tagged(this IEndpointRouteBuilder api, string tag) =>
        api.MapGroup("").WithTags(tag);

    /// <param name="id">What a generated client calls it; unique.</param>
    /// <param name="english">One line.</param>
    /// <param name="chinese">The same in Chinese, and what there is to say besides.</param>
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder endpoint, string id, string english, string chinese) =>
        endpoint.WithName(id).WithSummary(english).WithDescription(chinese);
}
