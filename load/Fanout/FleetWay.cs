namespace GridMesh.Load.Fanout;

/// <summary>The way to a server for the clients of one fleet, and the count of the present phase.</summary>
/// <param name="pathOf">Path and query of the hub for those who watch an area.</param>
internal sealed class FleetWay(Uri url, Func<string, string> pathOf, TimeProvider time)
{
    /// <summary>Connections from one address; it has some 28,000 ports towards one other.</summary>
    private const int PerSourceMax = 20_000;
    private const int HeadMax = 2_048;

    private readonly IPEndPoint _server = new(
        IPAddress.TryParse(url.Host, out var address) ? address
            : Dns.GetHostAddresses(url.Host, AddressFamily.InterNetwork)[0], url.Port);

    public FleetTally Tally { get; private set; } = new();
    public TimeProvider Time => time;

    /// <summary>Ends a phase: what comes from now on is counted anew.</summary>
    public FleetTally TakeTally()
    {
        var tally = Tally;
        Tally = new FleetTally();
        return tally;
    }

    /// <summary>
    /// A socket that is connected, and is cut by a reset instead of a farewell: no port waits for two minutes, and the
    /// server sees what a cut cable does. Loopback has many addresses to come from; elsewhere the system chooses.
    /// </summary>
    public async Task<Socket> ConnectAsync(int number)
    {
        var socket = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            { NoDelay = true, LingerState = new LingerOption(true, 0) };
        try
        {
            if (IPAddress.IsLoopback(_server.Address))
                socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (number / PerSourceMax))]), 0));
            await socket.ConnectAsync(_server);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Makes a WebSocket of a connection; the key keeps caches apart and is no secret.</summary>
    public async Task UpgradeAsync(Stream stream, string area)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {pathOf(area)} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ZmxlZXQtZmxlZXQtZmxlZQ==\r\n\r\n"));
        var head = new byte[HeadMax];
        var length = await stream.ReadAtLeastAsync(head, 12);
        while (!head.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
            length += await stream.ReadAtLeastAsync(head.AsMemory(length), 1);
        if (!head.AsSpan().StartsWith("HTTP/1.1 101 "u8))
            throw new InvalidDataException(Encoding.ASCII.GetString(head, 0, 12));
    }
}
