namespace GridMesh.Load.Fanout;

internal sealed class Fleet : IAsyncDisposable
{
    private const int ComingMax = 128;

    /// <summary>Each client pings once in so many rounds: every 15 s, as the client package does.</summary>
    private const int PingRounds = 150;

    private const int HeadMax = 2_048;
    private static readonly TimeSpan s_pingRound = TimeSpan.FromMilliseconds(100);
    private readonly Uri _url;
    private readonly Func<string, string> _pathOf;
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _pinging;

    /// <param name="areaOf">What each client watches; those who watch the same share one log.</param>
    /// <param name="keepsAll">Which clients keep the whole of their area.</param>
    public Fleet(
        Uri url, Func<string, string> pathOf, TimeProvider time, int clients, Func<int, AreaLog> areaOf,
        Func<int, bool>? keepsAll = null)
    {
        (_url, _pathOf, Time) = (url, pathOf, time);
        _server = new IPEndPoint(
            IPAddress.TryParse(url.Host, out var address) ? address
                : Dns.GetHostAddresses(url.Host, AddressFamily.InterNetwork)[0], url.Port);
        Clients = [.. Enumerable.Range(0, clients)
            .Select(number => new FleetClient(areaOf(number), this, keepsAll?.Invoke(number) == true))];
        _pinging = PingAsync();
    }

    public TimeProvider Time { get; }
    public IReadOnlyList<FleetClient> Clients { get; }
    public int Current => Clients.Count(client => client.IsCurrent);

    public FleetTally Tally { get; private set; } = new();

    public static string HubPath(string token) => $"/hubs/mesh?access_token={token}";

    /// <summary>Ends a phase: what comes from now on is counted anew.</summary>
    public FleetTally TakeTally()
    {
        var tally = Tally;
        Tally = new FleetTally();
        return tally;
    }

    /// <summary>Everybody comes, some at a time; the number of those who are current then.</summary>
    public async Task<int> ComeAsync(CancellationToken cancellation)
    {
        var arrived = 0;
        await Parallel.ForEachAsync(
            Clients, new ParallelOptions { MaxDegreeOfParallelism = ComingMax, CancellationToken = cancellation },
            async (client, token) => Interlocked.Add(ref arrived, await client.ComeAsync().WaitAsync(token) ? 1 : 0));
        return arrived;
    }

    public Task GoAsync() => Task.WhenAll(Clients.Select(client => client.GoAsync()));

    /// <summary>Cut by a reset, not a farewell: no port waits, and the server sees a cut cable.</summary>
    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            { NoDelay = true, LingerState = new LingerOption(true, 0) };
        try
        {
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
            $"GET {_pathOf(area)} HTTP/1.1\r\nHost: {_url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ZmxlZXQtZmxlZXQtZmxlZQ==\r\n\r\n"));
        var head = new byte[HeadMax];
        var length = await stream.ReadAtLeastAsync(head, 12);
        while (!head.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
            length += await stream.ReadAtLeastAsync(head.AsMemory(length), 1);
        if (!head.AsSpan().StartsWith("HTTP/1.1 101 "u8))
            throw new InvalidDataException(Encoding.ASCII.GetString(head, 0, 12));
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _pinging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await GoAsync();
        _ending.Dispose();
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(s_pingRound, Time);
        for (var round = 0; await timer.WaitForNextTickAsync(_ending.Token); round = (round + 1) % PingRounds)
        {
            for (var number = round; number < Clients.Count; number += PingRounds)
                Clients[number].Ping();
        }
    }
}
