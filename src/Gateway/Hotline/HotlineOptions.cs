using GridMesh.Contracts.Settings;
using GridMesh.Gateway.Plumbing.Keys;

namespace GridMesh.Gateway.Hotline;

[Setting("The endpoint of the [hotline 12345](hotline.md).", "[12345 热线](hotline.md)的接口。")]
public sealed class HotlineOptions
{
    public const string Section = "GridMesh:Hotline";

    /// <summary>Taken in Development where no keys are configured.</summary>
    public const string DevelopmentKey = "development-hotline";

    [Setting(
        "Who may pass orders on, and how much; in Development without any there is `development-hotline`.",
        "谁可转派工单、可转派多少；开发环境未配置时有 `development-hotline`。")]
    public IList<ApiKeyOptions> Keys { get; set; } = [];

    public IEnumerable<string> Problems() => ApiKeyOptions.Problems(Section, [.. Keys]);
}
