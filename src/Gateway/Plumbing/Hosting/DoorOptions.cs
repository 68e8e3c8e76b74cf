using GridMesh.Contracts.Settings;

namespace GridMesh.Gateway.Plumbing.Hosting;

[Setting(
    "What a process with doors shows besides them, and how it closes them.", "对外提供接口的进程另外展示什么、如何关闭。")]
public sealed class DoorOptions
{
    public const string Section = "GridMesh:Gateway";

    /// <summary>Longest wait between red and closed, in s.</summary>
    public const int DrainSecondsMax = 120;

    [Setting(
        "After SIGTERM, how long the process still serves while `/healthz/ready` is red, so that balancers send nobody "
            + "new; 10 in Kubernetes.",
        "收到 SIGTERM 后，在 `/healthz/ready` 已变红时继续服务多久，供负载均衡摘除；Kubernetes 中设为 10。",
        0, DrainSecondsMax)]
    public int DrainSeconds { get; set; }

    [Setting(
        "Whether the [page to read and try the API](api.md) is served at `/docs/api`; not set: in Development.",
        "是否在 `/docs/api` 提供[接口查阅与试用页](api.zh-CN.md)；未设时仅开发环境提供。")]
    public bool? ApiPage { get; set; }

    /// <summary>Every problem at once; empty when all is well.</summary>
    public IEnumerable<string> Problems() => SettingBounds.Problems(Section, this);
}
