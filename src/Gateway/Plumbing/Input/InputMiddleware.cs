using GridMesh.Contracts.Letters;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Plumbing.Input;

/// <summary>
/// Looks at path and query before anything reads them: texts are of whole letters, and a query has what the call takes
/// and nothing else. What stands in a body is looked at where it is read (<see cref="BodyJson"/>).
/// </summary>
internal sealed class InputMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        !context.Request.QueryString.HasValue && WholeText.Is(context.Request.Path.Value)
            ? next(context)
            : CheckAsync(context);

    private Task CheckAsync(HttpContext context)
    {
        var check = new Check();
        foreach (var (name, value) in context.Request.RouteValues)
            check.That(WholeText.Is(value as string), name, WholeText.Words);

        foreach (var (name, values) in context.Request.Query)
        {
            check.That(WholeText.Is(name), "query", WholeText.Words);
            check.That(values.All(value => WholeText.Is(value)), WholeText.Shorten(name), WholeText.Words);
        }

        if (!check.Failed)
            context.GetEndpoint()?.Metadata.GetMetadata<QueryRules>()?.Read(check, context.Request.Query);

        return check.Failed ? check.Problem.ExecuteAsync(context) : next(context);
    }
}
