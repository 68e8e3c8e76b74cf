using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace GridMesh.Gateway.Tests.ApiDocument;

/// <summary>
/// Keeps what the product was asked and answered while the other tests ran, and compares it with the description.
/// </summary>
public sealed partial class AnswerRecorder : IStartupFilter
{
    /// <summary>So many different answers of one call and status are compared; the rest is like them.</summary>
    private const int KeptMax = 200;

    private const int SentMax = 500_000;

    private readonly ConcurrentDictionary<string, ConcurrentBag<Exchange>> _kept = new();

    public int Count => _kept.Sum(bag => bag.Value.Count);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(RecordAsync);
        next(app);
    };

    /// <summary>Everything that does not fit the description, each once.</summary>
    internal IReadOnlyList<string> Faults(ApiSchemas schemas) =>
        [.. _kept.Values.SelectMany(bag => bag).SelectMany(one => one.Faults(schemas)).Distinct()];

    private async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/api/v1") && !context.Request.Path.StartsWithSegments("/dev"))
        {
            await next(context);
            return;
        }

        // What is compared has to come as it is.
        context.Request.Headers.AcceptEncoding = default;
        var sent = await SentAsync(context.Request);
        var feature = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var bytes = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(bytes));
        try
        {
            await next(context);
            await context.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            context.Features.Set(feature);
        }

        Keep(context, sent, bytes.ToArray());
        await context.Response.Body.WriteAsync(bytes.ToArray());
    }

    private static async Task<string?> SentAsync(HttpRequest request)
    {
        // A body that is too long is refused where it is read, and that is not here.
        if (!request.HasJsonContentType() || request.ContentLength is null or > SentMax)
            return null;

        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync();
        request.Body.Position = 0;
        return text;
    }

    private void Keep(HttpContext context, string? sent, byte[] told)
    {
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        if (endpoint is not RouteEndpoint { RoutePattern.RawText: { } route })
            return;

        var response = context.Response;
        var path = Constraint().Replace("/" + route.Trim('/'), "}");
        var bag = _kept.GetOrAdd($"{context.Request.Method} {path} {response.StatusCode}", _ => []);
        if (bag.Count < KeptMax)
        {
            bag.Add(new Exchange(
                context.Request.Method.ToLowerInvariant(), path, response.StatusCode,
                response.ContentType?.Split(';')[0], Encoding.UTF8.GetString(told), sent));
        }
    }

    [GeneratedRegex(@":\w+\}")]
    private static partial Regex Constraint();
}
