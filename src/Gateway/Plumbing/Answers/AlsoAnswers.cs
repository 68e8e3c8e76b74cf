namespace GridMesh.Gateway.Plumbing.Answers;

/// <summary>
/// Another shape that is answered with status 200, to others or where it is asked for: what the description of the API
/// tells.
/// </summary>
internal sealed record AlsoAnswers(Type Shape, string MediaType);

internal static class AlsoAnswersExtensions
{
    public static RouteHandlerBuilder AlsoProduces<T>(
        this RouteHandlerBuilder endpoint, string mediaType = "application/json") =>
        endpoint.WithMetadata(new AlsoAnswers(typeof(T), mediaType));
}
