using GridMesh.Contracts.Settings;

namespace GridMesh.Gateway.Plumbing.Hosting;

[Setting(
    "What a process with endpoints shows besides them, and how it closes them.", "对外提供接口的进程另外展示什么、如何关闭。")]
public sealed class EndpointOptions
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
        "Whether the [page to read and try the API](api.md) is served at `/docs/api`, and the descriptions of the API to "
            + "everybody, not only to who is signed in; not set: in Development.",
        "是否在 `/docs/api` 提供[接口查阅与试用页](api.zh-CN.md)，并向所有人（而非仅已登录者）提供接口描述；未设时仅开发环境提供。")]
    public bool? ApiPage { get; set; }

    [Setting(
        "Addresses or networks of the proxies in front, with `,` between them; `X-Forwarded-For` and "
            + "`X-Forwarded-Proto` are taken from these alone. Outside Development plain http beyond this machine needs one.",
        "前置代理的地址或网段，以 `,` 分隔；只采信它们的 `X-Forwarded-For` 与 `X-Forwarded-Proto`。非开发环境在本机以外监听明文 http 时必设。")]
    public string? TrustedProxies { get; set; }

    [Setting(
        "Who reads `/metrics`: `Private` (this machine and private networks, not through a proxy), `Everybody` or `Nobody`.",
        "谁可读取 `/metrics`：`Private`（本机与私有网络，且不经代理）、`Everybody`（所有人）或 `Nobody`（无人）。")]
    public MetricsReaders Metrics { get; set; }

    [Setting(
        "Origins whose pages may call the API from a browser, as `https://desk.example.org`; none by default.",
        "允许其页面从浏览器调用接口的来源，如 `https://desk.example.org`；默认无。")]
    public IList<string>? CorsOrigins { get; set; }

    /// <summary>Every problem at once; empty when all is well.</summary>
    public IEnumerable<string> Problems() =>
    [
        .. SettingBounds.Problems(Section, this),
        .. (CorsOrigins ?? []).Where(origin => !IsOrigin(origin)).Select(
            origin => $"{Section}:CorsOrigins: '{origin}' is no origin, as https://desk.example.org"),
    ];

    /// <summary>What is wrong with where the gateway listens, and with whom it believes.</summary>
    public IEnumerable<string> EndpointProblems(IConfiguration configuration, bool isDevelopment) =>
        Hosting.TrustedProxies.Problems(this, configuration, isDevelopment);

    private static bool IsOrigin(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.GetLeftPart(UriPartial.Authority) == text;
}
