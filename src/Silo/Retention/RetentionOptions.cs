using GridMesh.Contracts.Settings;

namespace GridMesh.Silo.Retention;

[Setting(
    "How long personal data is kept once a case is over, see [personal data](personal-data.md). 0 is for ever.",
    "案件结束后个人信息的保存期限，见[个人信息](personal-data.zh-CN.md)；0 为永久。")]
public sealed class RetentionOptions
{
    public const string Section = "GridMesh:Retention";

    private const int DaysMax = 36_500;

    [Setting(
        "Days after which it is erased who reported a case, and how to reach them.",
        "案件结束多少天后删除上报人及其联系方式。", 0, DaysMax)]
    public int ContactDays { get; set; } = 365;

    [Setting(
        "Days after which all that was written in a case and its photos are erased too. Not below `ContactDays`, "
            + "unless 0.",
        "案件结束多少天后一并删除全部文字与照片；非 0 时不得小于 `ContactDays`。", 0, DaysMax)]
    public int WordsDays { get; set; }

    /// <summary>Everything that is wrong with these options; empty when nothing is.</summary>
    public IEnumerable<string> Problems() =>
    [
        .. SettingBounds.Problems(Section, this),
        .. WordsDays > 0 && (ContactDays == 0 || WordsDays < ContactDays)
            ? [$"{Section}:WordsDays is {WordsDays}, below {Section}:ContactDays, which is {ContactDays}"]
            : Array.Empty<string>(),
    ];
}
