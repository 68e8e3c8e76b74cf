using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;

namespace GridMesh.Load.Fleets;

/// <summary>What the clients of one fleet share: the way to the server, memory to receive into, and the count.</summary>
internal sealed class FleetContext
{
    /// <summary>Connections from one address; it has some 28,000 ports towards one other.</summary>
    public const int PerSourceMax = 20_000;

    private const int WebSocketKeyBytes = 16;

    private readonly TimeProvider _time;
    private readonly IPEndPoint _server;
    private readonly Func<string, byte[]> _upgradeOf;
    private readonly ConcurrentDictionary<string, byte[]> _upgrades = new();
    private readonly byte[] _memory;

    /// <param name="pathOf">Path and query of the hub for those who watch an area.</param>
    public FleetContext(Uri url, Func<string, string> pathOf, int clients, TimeProvider time)
    {
        _time = time;
        _server = new IPEndPoint(AddressOf(url), url.Port);
        var key = Convert.ToBase64String(SHA256.HashData("fleet"u8)[..WebSocketKeyBytes]);
        _upgradeOf = code => ClientFrames.Upgrade(url.Authority, pathOf(code), key);
        _memory = GC.AllocateUninitializedArray<byte>(clients * FleetLink.ReceiveMax, pinned: true);
    }

    /// <summary>Counts the present phase.</summary>
    public FleetTally Tally { get; private set; } = new();

    public long UtcTicks => _time.GetUtcNow().UtcTicks;

    /// <summary>Ends a phase: what comes from now on is counted anew.</summary>
    public FleetTally TakeTally()
    {
        var tally = Tally;
        Tally = new FleetTally();
        return tally;
    }

    public FleetLink Link(int number, string area, ILinkOwner owner) => new(
        owner, _server, SourceOf(number), _upgrades.GetOrAdd(area, _upgradeOf),
        _memory.AsMemory(number * FleetLink.ReceiveMax, FleetLink.ReceiveMax));

    /// <summary>Loopback has many addresses; elsewhere the system chooses.</summary>
    private IPAddress? SourceOf(int number) => IPAddress.IsLoopback(_server.Address)
        ? new IPAddress([127, 0, 0, (byte)(2 + (number / PerSourceMax))])
        : null;

    private static IPAddress AddressOf(Uri url) => IPAddress.TryParse(url.Host, out var address)
        ? address
        : Dns.GetHostAddresses(url.Host, System.Net.Sockets.AddressFamily.InterNetwork)[0];
}
