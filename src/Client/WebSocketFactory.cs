using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace GridMesh.Client;

internal sealed class WebSocketFactory : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
        return new WebSocketConnection(socket);
    }
}
