using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace GridMesh.Client;

/// <summary>
/// The product's HTTP API. Throws <see cref="HttpRequestException"/> or <see cref="TaskCanceledException"/> where no
/// answer came. Safe for many callers.
/// </summary>
/// <param name="handler">Stays with the caller; null: one of our own, for many connections.</param>
public sealed class MeshClient(Uri url, HttpMessageHandler? handler = null) : IDisposable
{
    /// <summary>How long an answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Api = "api/v1/";
    private const int ConnectionsMax = 1_000;
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    private readonly HttpClient _http =
        new(handler ?? new SocketsHttpHandler
        {
            MaxConnectionsPerServer = ConnectionsMax, UseProxy = false, UseCookies = false,
            ActivityHeadersPropagator = null,
        }, disposeHandler: handler is null)
        {
            BaseAddress = url, Timeout = Patience,
        };

    public Uri Url => url;

    /// <summary>A development token.</summary>
    /// <exception cref="InvalidOperationException">The product gives none; it has to run in Development.</exception>
    public async Task<string> TokenAsync(
        string role, string area, string? worker = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "dev/tokens")
        {
            Content = JsonContent.Create(new { role, area, worker }),
        };
        var answer = await SendAsync(request, null, cancellation);
        return answer.IsSuccess
            ? answer.Body.GetProperty("token").GetString()!
            : throw new InvalidOperationException(
                $"{url} gives no token for {role} at {area} ({answer.Code}); it has to run in Development");
    }

    /// <param name="path">Below <c>/api/v1/</c>.</param>
    public async Task<Answer> GetAsync(string path, string token, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Api + path);
        return await SendAsync(request, token, cancellation);
    }

    /// <param name="path">Below <c>/api/v1/</c>.</param>
    /// <param name="body">Is sent as JSON; bytes are JSON already.</param>
    /// <param name="key">The <c>Idempotency-Key</c>: the same again is the same command; null: none is sent.</param>
    public async Task<Answer> PostAsync(
        string path, string token, object body, string? key = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Api + path)
        {
            Content = new ByteArrayContent(
                body as byte[] ?? JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web)),
        };
        request.Content.Headers.ContentType = s_json;
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await SendAsync(request, token, cancellation);
    }

    /// <summary>Any request, with its path from the root and without a slash before it.</summary>
    /// <param name="token">Null: none is sent.</param>
    public async Task<Answer> SendAsync(HttpRequestMessage request, string? token, CancellationToken cancellation)
    {
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, cancellation);
        return new Answer(
            response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation),
            response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true,
            response.Headers.Location?.OriginalString);
    }

    /// <summary>What <c>/healthz/ready</c> answers; null where nobody does.</summary>
    public async Task<int?> HealthAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync("healthz/ready", cancellation);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The text of <c>/metrics</c>.</summary>
    public Task<string> MetricsAsync() => _http.GetStringAsync("metrics");

    public void Dispose() => _http.Dispose();
}
