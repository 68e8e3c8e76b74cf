using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridMesh.Client;

/// <summary>
/// A SignalR connection to a product's hub, in JSON over a WebSocket without negotiation. The package that usually
/// brings the transport does not restore in every registry, so the transport is our own.
/// </summary>
public static class WallLink
{
    private const string HubPath = "/hubs/mesh";

    /// <summary>A connection that is not started yet.</summary>
    /// <param name="url">Where the product is, for example <c>http://127.0.0.1:5080</c>.</param>
    /// <param name="token">A bearer token; it says what may be watched.</param>
    public static HubConnection Create(Uri url, string token)
    {
        var address = new UriBuilder(url)
        {
            Scheme = url.Scheme == Uri.UriSchemeHttps ? "wss" : "ws",
            Path = HubPath,
            Query = $"access_token={token}",
        }.Uri;
        var services = new ServiceCollection();
        services.AddSingleton<IConnectionFactory, WebSocketFactory>();
        services.AddSingleton<EndPoint>(new UriEndPoint(address));
        services.AddSingleton<IHubProtocol, JsonHubProtocol>();
        services.AddLogging();
        var provider = services.BuildServiceProvider();
        return new HubConnection(
            provider.GetRequiredService<IConnectionFactory>(), provider.GetRequiredService<IHubProtocol>(),
            new UriEndPoint(address), provider, NullLoggerFactory.Instance);
    }
}
