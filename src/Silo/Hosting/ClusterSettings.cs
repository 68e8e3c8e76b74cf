using System.Net;
using System.Net.Sockets;
using GridMesh.Storage;
using Npgsql;
using Orleans.Configuration;

namespace GridMesh.Silo.Hosting;

/// <summary>Where silos, reminders and subscriptions meet.</summary>
public enum ClusterMode
{
    /// <summary>
    /// One process, nothing to install: all of it in the product's own storage. Opens no port for silos.
    /// </summary>
    Local,

    /// <summary>Several processes that share a PostgreSQL: Orleans' own AdoNet providers.</summary>
    Database,
}

/// <summary>What this process is.</summary>
public enum ClusterRole
{
    /// <summary>Silo and gateway in one.</summary>
    All,

    /// <summary>Grains, and no doors but health and metrics.</summary>
    Silo,

    /// <summary>Doors and walls in front of the silos; a client of theirs.</summary>
    Gateway,
}

/// <summary>
/// What this process is, and how silos and gateways of one cluster find each other. Section <c>GridMesh:Cluster</c>.
/// </summary>
public sealed class ClusterSettings
{
    public const string Section = "GridMesh:Cluster";

    /// <summary>What Orleans' AdoNet providers call PostgreSQL.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>Requests that wait for one grain; the next is refused (DESIGN "Bounds").</summary>
    public const int MailboxMax = 10_000;

    /// <summary>Items of one stream that are handed over in one call.</summary>
    public const int StreamBatchMax = 32;

    /// <summary>
    /// How often a call may be sent on after a grain that has moved; beyond that it is answered 503. While a silo takes
    /// its share, a grain may move under a call more than once.
    /// </summary>
    public const int ForwardsMax = 8;

    /// <summary>
    /// How long one item of a stream is tried on a subscriber that refuses it. Meanwhile the items behind it wait, and
    /// what they say replaces it anyway.
    /// </summary>
    public static readonly TimeSpan DeliveryMax = TimeSpan.FromSeconds(2);

    /// <summary>How often a silo says in the table that it lives, and reads what the others say.</summary>
    public static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long a gateway waits for an answer. A call that a silo held when it was killed is never answered, and nobody
    /// tells the gateway so; this is longer than it takes to hold a silo dead, so that the command, sent again with its
    /// key, meets the next one.
    /// </summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Connections of one process to the tables of clustering, reminders and subscriptions.</summary>
    private const int ConnectionsMax = 8;

    private const int NameMax = 150;

    public ClusterMode Mode { get; set; } = ClusterMode.Local;

    public ClusterRole Role { get; set; } = ClusterRole.All;

    /// <summary>True where HTTP, hub and pages are served.</summary>
    public bool HasGateway => Role != ClusterRole.Silo;

    /// <summary>True where grains live.</summary>
    public bool HasSilo => Role != ClusterRole.Gateway;

    /// <summary>Processes with the same cluster, service and database belong together; 1-150 characters.</summary>
    public string ClusterId { get; set; } = "gridmesh";

    /// <summary>Stays the same when the cluster is replaced by another over the same data; 1-150 characters.</summary>
    public string ServiceId { get; set; } = "gridmesh";

    /// <summary>Address or host name by which others reach this process; in Kubernetes that of the pod.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>TCP port from silo to silo, 1-65,535.</summary>
    public int SiloPort { get; set; } = 11_111;

    /// <summary>TCP port of a silo for gateways, 1-65,535.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>A silo that does not answer for so long has missed a probe, in ms, 200-30,000.</summary>
    public int ProbeMs { get; set; } = 1_500;

    /// <summary>Missed probes in a row after which a silo is held dead, 1-20.</summary>
    public int MissedProbesMax { get; set; } = 3;

    /// <summary>
    /// How often each queue of the streams is looked after, in ms, 1-1,000: half of it is what a hop costs. Not used in
    /// <see cref="ClusterMode.Local"/>, where nobody has to look.
    /// </summary>
    public int StreamPullMs { get; set; } = 10;

    /// <summary>
    /// Queues that streams are spread over, 1-64. The same on every process of the cluster; each queue is looked after
    /// by one silo, so there have to be more of them than silos. Not used in <see cref="ClusterMode.Local"/>.
    /// </summary>
    public int StreamQueues { get; set; } = 8;

    /// <summary>Counts calls by kind of grain and method in <c>/metrics</c>, for load runs.</summary>
    public bool CountCalls { get; set; }

    /// <summary>The connection string with a pool of its own, bounded.</summary>
    public static string Pooled(string? connection) => new NpgsqlConnectionStringBuilder(connection)
    {
        MaxPoolSize = ConnectionsMax,
        ApplicationName = "gridmesh-cluster",
    }.ToString();

    public void Apply(ClusterOptions cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        (cluster.ClusterId, cluster.ServiceId) = (ClusterId, ServiceId);
    }

    /// <exception cref="SocketException">The name is not known.</exception>
    public IPAddress IpAddress() => IPAddress.TryParse(Address, out var address)
        ? address
        : Dns.GetHostAddresses(Address, AddressFamily.InterNetwork)[0];

    /// <summary>Every problem at once; empty when all is well.</summary>
    public IEnumerable<string> Problems(StorageOptions storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (Mode == ClusterMode.Database && storage.Kind != StorageKind.Postgres)
        {
            yield return $"{Section}:{nameof(Mode)} is {Mode}, so GridMesh:Storage has to be Postgres: silos meet in a"
                + " database that they share";
        }

        if (Mode == ClusterMode.Local && Role != ClusterRole.All)
        {
            yield return $"{Section}:{nameof(Role)} is {Role}, so {Section}:{nameof(Mode)} has to be Database:"
                + " a Local process has everything in it";
        }

        (string Name, int Value, int Min, int Max)[] numbers =
        [
            (nameof(SiloPort), SiloPort, 1, ushort.MaxValue),
            (nameof(GatewayPort), GatewayPort, 1, ushort.MaxValue),
            (nameof(ProbeMs), ProbeMs, 200, 30_000),
            (nameof(MissedProbesMax), MissedProbesMax, 1, 20),
            (nameof(StreamPullMs), StreamPullMs, 1, 1_000),
            (nameof(StreamQueues), StreamQueues, 1, 64),
        ];
        foreach (var (name, value, min, max) in numbers.Where(rule => rule.Value < rule.Min || rule.Value > rule.Max))
        {
            yield return $"{Section}:{name} is {value}; it has to be {min}-{max}";
        }

        foreach (var (name, text) in new[] { (nameof(ClusterId), ClusterId), (nameof(ServiceId), ServiceId) })
        {
            if (text is not { Length: >= 1 and <= NameMax })
            {
                yield return $"{Section}:{name} has to have 1-{NameMax} characters";
            }
        }

        if (SiloPort == GatewayPort)
        {
            yield return $"{Section}:{nameof(SiloPort)} and {Section}:{nameof(GatewayPort)} are both {SiloPort}";
        }

        if (string.IsNullOrWhiteSpace(Address))
        {
            yield return $"{Section}:{nameof(Address)} is empty; it has to be an address that the others reach";
        }
    }
}
