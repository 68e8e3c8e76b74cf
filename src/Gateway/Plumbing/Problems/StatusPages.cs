namespace GridMesh.Gateway.Plumbing.Problems;

/// <summary>Bare statuses of the framework (unknown route, wrong method, …) get a problem body as well.</summary>
internal static class StatusPages
{
    public static IApplicationBuilder UseProblemStatusPages(this IApplicationBuilder app) =>
        app.UseStatusCodePages(context =>
        {
            var status = context.HttpContext.Response.StatusCode;
            var code = status switch
            {
                StatusCodes.Status401Unauthorized => ProblemCode.TokenIsMissingOrInvalid,
                StatusCodes.Status403Forbidden => ProblemCode.RoleMayNot,
                StatusCodes.Status404NotFound => ProblemCode.RouteNotFound,
                StatusCodes.Status405MethodNotAllowed => ProblemCode.MethodNotAllowed,
                StatusCodes.Status413PayloadTooLarge => ProblemCode.BodyTooLarge,
                StatusCodes.Status415UnsupportedMediaType => ProblemCode.MediaTypeNotSupported,
                StatusCodes.Status429TooManyRequests => ProblemCode.TooManyRequests,
                _ => ProblemCode.RequestFailed,
            };
            return (code == ProblemCode.RequestFailed ? Problem.OfStatus(status) : Problem.Of(code))
                .ExecuteAsync(context.HttpContext);
        });
}
