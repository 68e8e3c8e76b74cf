using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace GridMesh.Load.Clients;

/// <summary>An answer of the product.</summary>
/// <param name="Body">The JSON, or undefined where there was none.</param>
internal readonly record struct Answer(int Status, JsonElement Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The stable code of a problem, or the status where there is none.</summary>
    public string Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code)
        ? code.ToString()
        : Status.ToString();

    /// <summary>The body of a success.</summary>
    /// <param name="what">What was asked for, to say so where it was refused.</param>
    /// <exception cref="InvalidOperationException">It is not a success.</exception>
    public JsonElement Expect(string what) => IsSuccess
        ? Body
        : throw new InvalidOperationException($"the product does not give {what}: {Code}");
}

/// <summary>
/// The product's HTTP door. Throws <see cref="HttpRequestException"/> or <see cref="TaskCanceledException"/> where no
/// answer came.
/// </summary>
internal sealed class MeshClient(Uri url) : IDisposable
{
    /// <summary>How long an answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Api = "/api/v1/";

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000, UseProxy = false })
    {
        BaseAddress = url,
        Timeout = Patience,
    };

    public Uri Url => url;

    /// <summary>A development token.</summary>
    /// <exception cref="InvalidOperationException">The product gives none; it has to run in Development.</exception>
    public async Task<string> TokenAsync(string role, string area, string? worker = null)
    {
        using var response = await _http.PostAsJsonAsync("/dev/tokens", new { role, area, worker });
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!
            : throw new InvalidOperationException(
                $"{url} gives no token for {role} at {area} ({(int)response.StatusCode}); scenarios need a product in Development");
    }

    public Task<Answer> GetAsync(string path, string token, CancellationToken cancellation = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, Api + path), token, cancellation);

    /// <summary>
    /// Reads a success to its last byte and makes nothing of it: to parse 300 KB is the client's time, not the product's.
    /// </summary>
    public async Task<Answer> ReadAsync(string path, string token, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Api + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            return await AnswerAsync(response, cancellation);
        }

        await response.Content.CopyToAsync(Stream.Null, cancellation);
        return new Answer((int)response.StatusCode, default);
    }

    /// <param name="key">The <c>Idempotency-Key</c>: the same again is the same command.</param>
    public Task<Answer> PostAsync(
        string path, string token, object body, string key, CancellationToken cancellation = default) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, Api + path)
            {
                Content = JsonContent.Create(body),
                Headers = { { "Idempotency-Key", key } },
            },
            token,
            cancellation);

    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync("/healthz/ready", cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>True when the product answers and says that it is not ready; false where it is, or does not answer.</summary>
    public async Task<bool> IsRedAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync("/healthz/ready", cancellation);
            return response.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The text of <c>/metrics</c>.</summary>
    public Task<string> MetricsAsync() => _http.GetStringAsync("/metrics");

    public void Dispose() => _http.Dispose();

    private async Task<Answer> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellation)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await _http.SendAsync(request, cancellation);
            return await AnswerAsync(response, cancellation);
        }
    }

    private static async Task<Answer> AnswerAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new Answer(
            (int)response.StatusCode,
            isJson ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellation) : default);
    }
}
