using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GridMesh.Client;

namespace GridMesh.Demo.Traffic;

/// <summary>A request that did not get through in all its attempts.</summary>
internal sealed class UnreachableException(string message, Exception? inner) : Exception(message, inner);

/// <summary>
/// Speaks to the public API. Commands are repeated with the same key when the server is busy, away or starting again,
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

    private readonly MeshClient _client;
    private readonly TimeProvider _time;
    private readonly TokenCache _tokens;
    private readonly Random _jitter;

    public TrafficClient(HttpMessageHandler handler, Uri baseUrl, TimeProvider time, int seed)
    {
        _client = new MeshClient(baseUrl, handler);
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

    /// <summary>Sends to an endpoint that takes no token, until it is answered.</summary>
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
        var answer = await _client.SendAsync(request, await _tokens.GetAsync(who, cancellation), cancellation);
        if (answer.Status == HttpStatusCode.Unauthorized)
            _tokens.Forget(who);

        return answer.IsSuccess;
    }

    /// <summary>True when the server says that it is ready.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellation) =>
        await _client.HealthAsync(cancellation) == (int)HttpStatusCode.OK;

    public void Dispose()
    {
        _client.Dispose();
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
        return answer is { IsSuccess: true, Json: { } json }
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
                await Task.Delay(Pause(attempt), _time, cancellation);

            try
            {
                using var request = make();
                var token = who is { } key ? await _tokens.GetAsync(key, cancellation) : null;
                var answer = await _client.SendAsync(request, token, cancellation);
                if (answer.Status == HttpStatusCode.Unauthorized && who is { } refused)
                    _tokens.Forget(refused);
                else if (!IsWorthRepeating(answer.Status))
                    return answer;

                fault = new HttpRequestException(answer.Code);
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
