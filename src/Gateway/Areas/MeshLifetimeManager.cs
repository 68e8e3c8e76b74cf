using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// Gives the channels the connections themselves: a frame is serialised once and each client has its own pace.
/// </summary>
internal sealed class MeshLifetimeManager(ILogger<DefaultHubLifetimeManager<MeshHub>> log)
    : DefaultHubLifetimeManager<MeshHub>(log)
{
    private readonly ConcurrentDictionary<string, HubConnectionContext> _connections = new();

    /// <summary>As they are now; while they are gone through, some come and go.</summary>
    public IEnumerable<HubConnectionContext> All => _connections.Select(one => one.Value);

    public HubConnectionContext? Find(string connectionId) => _connections.GetValueOrDefault(connectionId);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _connections[connection.ConnectionId] = connection;
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        _connections.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }
}
