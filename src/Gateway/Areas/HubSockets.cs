using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using GridMesh.Gateway.Plumbing.Sockets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// Takes the WebSockets that come without a negotiation, as walls and phones do, and serves SignalR over them. Whoever
/// negotiates, and every other transport, goes the way that SignalR brings.
/// </summary>
internal sealed class HubSockets(
    HubConnectionHandler<MeshHub> hub, IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    private const string Version = "13";
    private const int KeyLength = 24;

    /// <summary>Said by RFC 6455, 1.3: proves that a WebSocket was meant.</summary>
    private const string KeyEnd = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static readonly ClaimsPrincipal s_nobody = new();
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<HubSocket, bool> _sockets = new();

    /// <summary>True for a request that opens a WebSocket at once.</summary>
    public static bool Takes(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase)
        && context.Request.Headers.SecWebSocketVersion == Version
        && context.Request.Headers.SecWebSocketKey is [{ Length: KeyLength }]
        && !context.Request.Query.ContainsKey("id");

    public async Task ServeAsync(HttpContext context)
    {
        var expires = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptOf(context.Request.Headers.SecWebSocketKey.ToString());
        Lighten(context);
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var socket = new HubSocket(context, stream, expires, time);
        _sockets[socket] = true;
        try
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested)
                socket.RequestClose();

            await socket.RunAsync(hub);
        }
        finally
        {
            _sockets.TryRemove(socket, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stopping = lifetime.ApplicationStopping.Register(CloseAll);
        using var timer = new PeriodicTimer(s_beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var (socket, _) in _sockets)
                    socket.Beat();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    /// <summary>Before the endpoints close: an open WebSocket would hold them.</summary>
    private void CloseAll()
    {
        foreach (var (socket, _) in _sockets)
            socket.RequestClose();
    }

    /// <summary>
    /// A connection keeps its request for as long as it lives. What was needed to let it in (token, claims, address,
    /// headers) is worth several KB of each; the actor stays.
    /// </summary>
    private static void Lighten(HttpContext context)
    {
        context.User = s_nobody;
        context.Features.Set<IAuthenticateResultFeature>(null);
        context.Features.Set<IHttpAuthenticationFeature>(null);
        context.Features.Set<IQueryFeature>(null);
        context.Request.QueryString = QueryString.Empty;
        context.Request.Headers.Clear();
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5350", Justification = "RFC 6455 names SHA-1 here; it guards nothing.")]
    private static string AcceptOf(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeyEnd)));
}
