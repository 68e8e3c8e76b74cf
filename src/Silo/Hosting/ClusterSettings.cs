using System.Net;
using System.Net.Sockets;
using GridMesh.Contracts.Settings;
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

    /// <summary>Grains, and no endpoints but health and metrics.</summary>
    Silo,

    /// <summary>API and walls in front of the silos; a client of theirs.</summary>
    Gateway,
}

[Setting(
    "What this process is, and how silos and gateways of one cluster find each other, see "
        + "[several silos](operating.md#several-silos).",
    "本进程的角色，以及同一集群的节点与网关如何互相发现，见[多节点运行](operating.zh-CN.md#多节点运行)。")]
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

    [Setting(
        "`Local`: one process with everything in it, over SQLite or PostgreSQL; no port but HTTP. `Database`: several "
            + "processes that meet in a PostgreSQL.",
        "`Local`：单进程包含一切，存储为 SQLite 或 PostgreSQL，除 HTTP 外不开端口。`Database`：多个进程经由同一 PostgreSQL 组成集群。")]
    public ClusterMode Mode { get; set; } = ClusterMode.Local;

    [Setting(
        "With `Database`: `Silo` (grains), `Gateway` (API and walls in front of the silos) or `All` (both in one).",
        "`Database` 模式下：`Silo`（Grain）、`Gateway`（节点之前的接口与大屏）或 `All`（两者合一）。")]
    public ClusterRole Role { get; set; } = ClusterRole.All;

    /// <summary>True where HTTP, hub and pages are served.</summary>
    public bool HasGateway => Role != ClusterRole.Silo;

    /// <summary>True where grains live.</summary>
    public bool HasSilo => Role != ClusterRole.Gateway;

    [Setting(
        "Processes with the same cluster, service and database belong together; 1-150 characters.",
        "集群名；集群、服务与数据库皆同的进程属于一体；1-150 个字符。")]
    public string ClusterId { get; set; } = "gridmesh";

    [Setting(
        "Whose grains, reminders and subscriptions these are: stays the same when the cluster is replaced by another over "
            + "the same data; 1-150 characters.",
        "服务名：Grain、提醒与订阅属于它；以另一集群接管同一数据时保持不变；1-150 个字符。")]
    public string ServiceId { get; set; } = "gridmesh";

    [Setting(
        "Address or host name by which others reach this process; in Kubernetes that of the pod.",
        "其他进程连接本进程所用的地址或主机名；Kubernetes 中为 Pod 的地址。")]
    public string Address { get; set; } = "127.0.0.1";

    [Setting("TCP port from silo to silo; for nobody else.", "节点之间的 TCP 端口，不得对外开放。", 1, ushort.MaxValue)]
    public int SiloPort { get; set; } = 11_111;

    [Setting(
        "TCP port of a silo for gateways; for nobody else.", "节点供网关连接的 TCP 端口，不得对外开放。", 1, ushort.MaxValue)]
    public int GatewayPort { get; set; } = 30_000;

    [Setting("A silo that does not answer for so long has missed a probe.", "节点多久无应答算漏一次探测。", 200, 30_000)]
    public int ProbeMs { get; set; } = 1_500;

    [Setting("Missed probes in a row after which a silo is held dead.", "连续漏几次探测即判定节点失效。", 1, 20)]
    public int MissedProbesMax { get; set; } = 3;

    [Setting(
        "How often each queue of the streams is looked after: half of it is what a hop costs. `Database` only; with "
            + "`Local` nobody has to look.",
        "两次读取流队列的间隔：每一跳平均耗去其一半。仅用于 `Database`；`Local` 中无须读取。", 1, 1_000)]
    public int StreamPullMs { get; set; } = 10;

    [Setting(
        "Queues that streams are spread over. Each is looked after by one silo, so there have to be more of them than "
            + "silos, and the same number on every process of the cluster. `Database` only.",
        "流的队列数，由各节点分担：须多于节点数，集群各进程一致。仅用于 `Database`。", 1, 64)]
    public int StreamQueues { get; set; } = 8;

    [Setting(
        "Counts calls by kind of grain and method in `/metrics`, for load runs.",
        "在 `/metrics` 中按种类与方法统计 Grain 调用次数，供负载测试使用。")]
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

        foreach (var problem in SettingBounds.Problems(Section, this))
            yield return problem;

        foreach (var (name, text) in new[] { (nameof(ClusterId), ClusterId), (nameof(ServiceId), ServiceId) })
        {
            if (text is not { Length: >= 1 and <= NameMax })
                yield return $"{Section}:{name} has to have 1-{NameMax} characters";
        }

        if (SiloPort == GatewayPort)
            yield return $"{Section}:{nameof(SiloPort)} and {Section}:{nameof(GatewayPort)} are both {SiloPort}";

        if (string.IsNullOrWhiteSpace(Address))
            yield return $"{Section}:{nameof(Address)} is empty; it has to be an address that the others reach";
    }
}
