using GridMesh.Contracts.Settings;

namespace GridMesh.Grains.Live;

[Setting("How grids and areas pace themselves.", "网格与各级区域的节奏。")]
public sealed class LiveOptions
{
    public const string Section = "GridMesh:Live";

    [Setting("Least time between two reports of a child to its parent.", "下级两次上报汇总的最短间隔。", 1, 1_000)]
    public int RollupIntervalMs { get; set; } = 250;

    [Setting(
        "The same where cases or numbers changed, not only the places of workers.",
        "同上，用于事件或数字有变化时，而不只是人员移动。", 1, 1_000)]
    public int RollupNewsIntervalMs { get; set; } = 10;

    [Setting("Least time between two wall frames of a grid.", "网格两帧大屏数据的最短间隔。", 10, 5_000)]
    public int GridFrameIntervalMs { get; set; } = 100;

    [Setting("The same of an area above the grid.", "同上，用于网格以上各级区域。", 10, 5_000)]
    public int AreaFrameIntervalMs { get; set; } = 250;

    [Setting(
        "The same of any area where cases or numbers changed.", "同上，用于任何有事件或数字变化的区域。", 10, 5_000)]
    public int NewsFrameIntervalMs { get; set; } = 100;

    [Setting(
        "How often the slow duties run: leases, presence, the turn of the day.",
        "慢速例行检查（租约、在岗、跨日）的周期。", 1, 60)]
    public int BeatSeconds { get; set; } = 5;

    /// <summary>At most what rule RU4 allows.</summary>
    [Setting(
        "How often a summary is sent again and a grid is checked against the index.", "重发汇总、与索引核对的周期。", 1, 30)]
    public int RepairSeconds { get; set; } = 25;

    [Setting(
        "A worker on duty who is unheard of for longer is an alarm.", "在岗人员失联超过此时长即告警。", 30, 86_400)]
    public int SilentAfterSeconds { get; set; } = 300;

    [Setting("Most open cases that one grid takes.", "单个网格的在办事件上限。", 1, 100_000)]
    public int OpenCasesMax { get; set; } = 5_000;

    /// <summary>Every problem at once; empty when all is well.</summary>
    public IEnumerable<string> Problems() => SettingBounds.Problems(Section, this);
}
