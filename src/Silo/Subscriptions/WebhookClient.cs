using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using GridMesh.Contracts.Subscriptions;
using GridMesh.Gateway.Plumbing.Hosting;
using GridMesh.Grains.Subscriptions;

namespace GridMesh.Silo.Subscriptions;

/// <summary>
/// Sends messages to addresses that others have named, and lets none of them lead it astray: no redirects, no cookies,
/// no proxy, an answer's body is not read, and where private addresses are not allowed, the address that a name stands
/// for is looked at when the connection is made, so that a name cannot change its mind in between.
/// </summary>
internal sealed class WebhookClient : IWebhookClient, IDisposable
{
    /// <summary>Most connections to one receiver.</summary>
    private const int ConnectionsMax = 8;

    /// <summary>Longest headers of an answer, in KB.</summary>
    private const int HeadersKbMax = 16;

    /// <summary>Most of an answer's body that is passed over to keep its connection.</summary>
    private const int DrainMax = 64 * 1024;

    private readonly HttpClient _http;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly bool _allowPrivate;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    /// <param name="resolve">What a name stands for; null: as the system says.</param>
    public WebhookClient(
        WebhookOptions options, bool allowPrivate, TimeProvider time,
        Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        (_options, _allowPrivate, _time) = (options, allowPrivate, time);
        _resolve = resolve ?? Dns.GetHostAddressesAsync;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = ConnectionsMax,
            MaxResponseHeadersLength = HeadersKbMax,
            MaxResponseDrainSize = DrainMax,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("GridMesh", "1"));
    }

    public string? Refuse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return "is an absolute address of http or https";

        if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            return "has neither a user nor a fragment";

        var isPrivate = address.IsLoopback
            || (IPAddress.TryParse(address.IdnHost, out var literal) && !PublicAddress.Is(literal));
        return isPrivate && !_allowPrivate ? "is a private address" : null;
    }

    public async Task<WebhookAnswer> SendAsync(WebhookMessage message, CancellationToken cancellation)
    {
        if (Refuse(message.Url) is { } refusal)
            return new WebhookAnswer($"the address {refusal}");

        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(_options.TimeoutMs), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = RequestOf(message);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.IsSuccessStatusCode
                ? new WebhookAnswer(null)
                : new WebhookAnswer(
                    $"answered {(int)answer.StatusCode}", PauseOf(answer), answer.StatusCode == HttpStatusCode.Gone);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new WebhookAnswer($"no answer within {_options.TimeoutMs} ms");
        }
        catch (HttpRequestException e)
        {
            return new WebhookAnswer(e.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private TimeSpan? PauseOf(HttpResponseMessage answer) =>
        answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) ? null
        : answer.Headers.RetryAfter is { Delta: { } delta } ? delta
        : answer.Headers.RetryAfter is { Date: { } date } ? date - _time.GetUtcNow()
        : null;

    private static HttpRequestMessage RequestOf(WebhookMessage message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, message.Url)
        {
            Content = new ReadOnlyMemoryContent(message.Body),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(message.ContentType);
        foreach (var (name, value) in message.Headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return request;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await _resolve(context.DnsEndPoint.Host, cancellation);
        var allowed = _allowPrivate ? addresses : [.. addresses.Where(PublicAddress.Is)];
        if (allowed.Length == 0)
            throw new HttpRequestException("the address is a private one, or there is none");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
