using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Settings;
using GridMesh.Gateway.Plumbing.Keys;

namespace GridMesh.Gateway.Open311;

[Setting("The endpoints for the public, see [Open311](open311.md).", "面向公众的接口，见 [Open311](open311.md)。")]
public sealed class Open311Options
{
    public const string Section = "GridMesh:Open311";

    /// <summary>Taken in Development where no keys are configured.</summary>
    public const string DevelopmentKey = "development-open311";

    [Setting(
        "Who may report, and how much; in Development without any there is `development-open311`.",
        "谁可上报、可上报多少；开发环境未配置时有 `development-open311`。")]
    public IList<ApiKeyOptions> Keys { get; set; } = [];

    [Setting(
        "Lines whose cases everybody may read with description and place; of others everybody who has the number learns "
            + "how far they are, and no more. Not set: `UrbanManagement`, which is what lies in the street for all to see.",
        "向公众公开描述与位置的条线；其他条线凭编号只能查到进度。未设时为 `UrbanManagement`，即街面上人人可见之事。")]
    public IList<string>? PublicLines { get; set; }

    [Setting(
        "Name of the key by which the public page `/public` reports, within that key's area and limits. Not set: the page "
            + "takes no reports; in Development without keys it does.",
        "公众页面 `/public` 上报所用密钥的名称，受该密钥的区域与限额约束。未设时页面不接收上报；开发环境未配置密钥时可上报。")]
    public string? PageKey { get; set; }

    [Setting("Where the service is reached from outside; not set: as it was called.", "对外地址；未设时取请求所用的地址。")]
    public Uri? PublicUrl { get; set; }

    [Setting("Whom to write to, shown in the discovery document.", "发现文档中的联系方式。")]
    public string Contact { get; set; } = "the grid management centre of the district";

    [Setting("How to get a key, shown in the discovery document.", "发现文档中如何取得密钥。")]
    public string KeyService { get; set; } = "ask the grid management centre of the district for an api_key";

    internal ImmutableArray<Line> Lines => PublicLines is null
        ? [Line.UrbanManagement]
        : [.. PublicLines.Select(line => LineOf(line)!.Value).Distinct()];

    public IEnumerable<string> Problems()
    {
        foreach (var problem in ApiKeyOptions.Problems(Section, [.. Keys]))
            yield return problem;

        if (PageKey is not null && Keys.All(key => key.Name != PageKey))
            yield return $"{Section}:PageKey is '{PageKey}'; it has to be the Name of one of {Section}:Keys";

        foreach (var line in PublicLines ?? [])
        {
            if (LineOf(line) is null)
                yield return $"{Section}:PublicLines names '{line}'; it has to be of {EnumName.All<Line>()}";
        }

        if (PublicUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
            yield return $"{Section}:PublicUrl is an absolute address of http or https";
    }

    private static Line? LineOf(string name) =>
        EnumName.TryParse<Line>(name, out var line, ignoreCase: true) ? line : null;
}
