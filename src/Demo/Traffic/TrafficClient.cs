using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace GridMesh.Demo.Traffic;

/// <summary>What the server said.</summary>
/// <param name="Body">Null where it was no JSON.</param>
internal readonly record struct Answer(HttpStatusCode Status, JsonElement? Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The stable code of a problem, or the status.</summary>
    public string Code => Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("code", out var code)
        ? code.GetString()!
        : ((int)Status).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A request that did not get through in all its attempts.</summary>
internal sealed class UnreachableException(string message, Exception? inner) : Exception(message, inner);

/// <summary>
/// Speaks to the public doors. Commands are repeated with the same key when the server is busy, away or starting again,
/// with growing pauses and a bound; what is overtaken by the next tick anyway is sent once.
/// </summary>
internal sealed class TrafficClient : IDisposable
{
    /// <summary>With the pauses below about a minute: a restart of the server is shorter.</summary>
    public const int AttemptsMax = 10;

    private const string KeyHeader = "Idempotency-Key";

    private static readonly TimeSpan s_pauseFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_pauseMost = TimeSpan.FromSeconds(15);
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private static readonly MediaTypeHeaderValue s_png = new("image/png");

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly TokenCache _tokens;
    private readonly Random _jitter;

    public TrafficClient(HttpMessageHandler handler, Uri baseUrl, TimeProvider time, int seed)
    {
        _http = new HttpClient(handler, disposeHandler: false) { BaseAddress = baseUrl };
        (_time, _jitter) = (time, new Random(seed));
        _tokens = new TokenCache(FetchTokenAsync, time);
    }

    /// <summary>Sends a command until it is answered.</summary>
    /// <exception cref="UnreachableException">It never was.</exception>
    public Task<Answer> PostAsync(
        TokenKey who, string path, ReadOnlyMemory<byte> body, string? key, CancellationToken cancellation) =>
        PersistAsync(who, () => Request(HttpMethod.Post, path, body, key), cancellation);

    /// <summary>Sends a photo until it is answered.</summary>
    /// <exception cref="UnreachableException">It never was.</exception>
    public Task<Answer> PostPhotoAsync(
        TokenKey who, string path, byte[] photo, string key, CancellationToken cancellation) =>
        PersistAsync(who, () => Request(HttpMethod.Post, path, photo, key, s_png), cancellation);

    /// <summary>Sends to a door that takes no token, until it is answered.</summary>
    /// <exception cref="UnreachableException">It never was.</exception>
    public Task<Answer> PostOpenAsync(Func<HttpRequestMessage> make, string key, CancellationToken cancellation) =>
        PersistAsync(null, () => Keyed(make(), key), cancellation);

    /// <summary>Asks until it is answered.</summary>
    /// <exception cref="UnreachableException">It never was.</exception>
    public Task<Answer> GetAsync(TokenKey who, string path, CancellationToken cancellation) =>
        PersistAsync(who, () => new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    /// <summary>Sends once; the answer's body is not looked at.</summary>
    public async Task<bool> PostOnceAsync(
        TokenKey who, string path, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Post, path, body, null);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", await _tokens.GetAsync(who, cancellation));
        using var response = await _http.SendAsync(request, cancellation);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            _tokens.Forget(who);
        }

        return response.IsSuccessStatusCode;
    }

    /// <summary>True when the server says that it is ready.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync("healthz/ready", cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _tokens.Dispose();
    }

    private async Task<(string Token, DateTimeOffset Expires)> FetchTokenAsync(
        TokenKey key, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            key.Worker is { } worker
                ? new Dictionary<string, string> { ["role"] = key.Role, ["area"] = key.Area.Value, ["worker"] = worker }
                : new Dictionary<string, string> { ["role"] = key.Role, ["area"] = key.Area.Value });
        var answer = await PersistAsync(null, () => Request(HttpMethod.Post, "dev/tokens", body, null), cancellation);
        return answer is { IsSuccess: true, Body: { } json }
            ? (json.GetProperty("token").GetString()!, json.GetProperty("expiresAt").GetDateTimeOffset())
            : throw new UnreachableException($"no token for {key.Role} at {key.Area}: {(int)answer.Status}", null);
    }

    private static HttpRequestMessage Request(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, string? key, MediaTypeHeaderValue? type = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = type ?? s_json;
        return key is null ? request : Keyed(request, key);
    }

    private static HttpRequestMessage Keyed(HttpRequestMessage request, string key)
    {
        request.Headers.Add(KeyHeader, key);
        return request;
    }

    private async Task<Answer> PersistAsync(
        TokenKey? who, Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        Exception? fault = null;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if (attempt > 0)
            {
                await Task.Delay(Pause(attempt), _time, cancellation);
            }

            try
            {
                using var request = make();
                if (who is { } key)
                {
                    request.Headers.Authorization =
                        new AuthenticationHeaderValue("Bearer", await _tokens.GetAsync(key, cancellation));
                }

                using var response = await _http.SendAsync(request, cancellation);
                if (response.StatusCode == HttpStatusCode.Unauthorized && who is { } refused)
                {
                    _tokens.Forget(refused);
                }
                else if (!IsWorthRepeating(response.StatusCode))
                {
                    return new Answer(response.StatusCode, await BodyAsync(response, cancellation));
                }

                fault = new HttpRequestException($"{(int)response.StatusCode}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException
                || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                // The server is away or slow; the pause gives it time.
                fault = e;
            }
        }

        throw new UnreachableException($"no answer in {AttemptsMax} attempts: {fault?.Message}", fault);
    }

    private static bool IsWorthRepeating(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout;

    private static async Task<JsonElement?> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true)
        {
            return null;
        }

        using var json = await JsonDocument.ParseAsync(
            await response.Content.ReadAsStreamAsync(cancellation), default, cancellation);
        return json.RootElement.Clone();
    }

    /// <summary>Doubling up to a bound, each a little different, so that not all come back at once.</summary>
    private TimeSpan Pause(int attempt)
    {
        var pause = TimeSpan.FromTicks(Math.Min(s_pauseMost.Ticks, s_pauseFirst.Ticks << Math.Min(attempt - 1, 16)));
        lock (_jitter)
        {
            return pause * (0.8 + (0.4 * _jitter.NextDouble()));
        }
    }
}
