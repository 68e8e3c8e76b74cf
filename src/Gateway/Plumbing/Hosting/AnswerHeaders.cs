using Microsoft.AspNetCore.ResponseCompression;

namespace GridMesh.Gateway.Plumbing.Hosting;

/// <summary>
/// What every answer tells a browser: take it for what it says it is, show it in nobody's frame, keep it nowhere and
/// load nothing. A page that needs more says so itself.
/// </summary>
internal static class AnswerHeaders
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>A year, as browsers ask of it.</summary>
    private const string OnlyTls = "max-age=31536000";

    private static readonly string[] s_texts =
    [
        "application/json", "application/problem+json", "application/geo+json", "application/xml", "text/xml",
        "text/plain", "text/csv", "text/calendar", "text/html", "text/css", "text/javascript", "image/svg+xml",
    ];

    public static void AddTo(IServiceCollection services) => services.AddResponseCompression(options =>
    {
        // Answers hold no secret beside what a caller sent, so that their length tells none.
        options.EnableForHttps = true;
        options.MimeTypes = s_texts;
    });

    public static void Use(WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.Response.OnStarting(static state => Say((HttpContext)state), context);
            return next(context);
        });
        app.UseResponseCompression();
    }

    private static Task Say(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "strict-origin";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = Nothing;

        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";

        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = OnlyTls;

        return Task.CompletedTask;
    }
}
