using System.Collections.Concurrent;
using System.Net;

namespace GridMesh.Load.Clients.Lanes;

/// <summary>
/// The connections of many clients, each used in its turn: whoever sends takes the one that rested longest, and waits
/// where all are busy, as phones behind one operator's gateway do.
/// </summary>
internal sealed class LanePool : IDisposable
{
    /// <summary>Most connections: the ports of one address suffice for them.</summary>
    public const int LanesMax = 20_000;

    private readonly ConcurrentQueue<HttpLane> _free;
    private readonly SemaphoreSlim _room;

    /// <param name="server">An address with a number, or localhost.</param>
    /// <param name="size">Connections, 1-<see cref="LanesMax"/>; each is made when it is first used.</param>
    public LanePool(Uri server, int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, LanesMax);
        var address = server.IsLoopback && server.HostNameType == UriHostNameType.Dns
            ? IPAddress.Loopback
            : IPAddress.Parse(server.Host);
        _free = new ConcurrentQueue<HttpLane>(
            Enumerable.Range(0, size).Select(_ => new HttpLane(new IPEndPoint(address, server.Port))));
        _room = new SemaphoreSlim(size, size);
        Host = server.Authority;
    }

    /// <summary>What requests name in their <c>Host</c>.</summary>
    public string Host { get; }

    /// <param name="read">Sees status and body before the connection is given back.</param>
    /// <returns>The HTTP status.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The server is away.</exception>
    /// <exception cref="IOException">The connection broke, or the answer cannot be read.</exception>
    public async ValueTask<int> SendAsync(
        ReadOnlyMemory<byte> request, CancellationToken cancellation, Action<int, ReadOnlyMemory<byte>>? read = null)
    {
        await _room.WaitAsync(cancellation);
        if (!_free.TryDequeue(out var lane))
        {
            throw new InvalidOperationException("a connection was promised that is not there");
        }

        try
        {
            var status = await lane.SendAsync(request, cancellation);
            read?.Invoke(status, lane.Body);
            return status;
        }
        finally
        {
            _free.Enqueue(lane);
            _room.Release();
        }
    }

    public void Dispose()
    {
        foreach (var lane in _free)
        {
            lane.Dispose();
        }

        _room.Dispose();
    }
}
