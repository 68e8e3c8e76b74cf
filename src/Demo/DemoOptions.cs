using GridMesh.Contracts.Settings;

namespace GridMesh.Demo;

[Setting("The demo's live traffic.", "演示区县与其模拟流量。")]
public sealed class DemoOptions
{
    public const string Section = "GridMesh:Demo";

    public const double SpeedMin = 0.1;

    public const double SpeedMax = 100;

    [Setting(
        "Whether the demo district is made and its traffic runs. In Development it is unless this says no; elsewhere it "
            + "is refused.",
        "是否生成演示区县并运行流量。开发环境默认启用；其他环境拒绝启用。")]
    public bool Enabled { get; set; }

    [Setting(
        "1 is real time; 20 means twenty times the rates and a twentieth of the waiting.",
        "1 为实时；20 为二十倍流量、二十分之一的等待。", SpeedMin, SpeedMax)]
    public double Speed { get; set; } = 1;

    [Setting("Seed of everything that the traffic draws.", "流量中一切随机量的种子。")]
    public int Seed { get; set; } = DemoDistrict.DefaultSeed;

    /// <summary>Where the public API is, as soon as the host listens there.</summary>
    public Uri? BaseUrl { get; private set; }

    [Setting(
        "Every so many minutes of demo time one town has a storm; 0: never.",
        "每隔多少演示分钟有一个乡镇街道出现事件高峰；0 为从不。", 0, 1_440)]
    public double StormEveryMinutes { get; set; } = 45;

    [Setting(
        "Cases opened quickly at the first start, so that the wall is alive at once.",
        "首次启动时快速生成的事件数，使大屏即刻有内容。", 0, 2_000)]
    public int StartingCases { get; set; } = 350;

    [Setting("Cases that are reported on an ordinary day.", "平日每天上报的事件数。", 0, 100_000)]
    public int CasesPerDay { get; set; } = 7_500;

    /// <summary>The host listens: the traffic may begin.</summary>
    public void ServedAt(Uri address) => BaseUrl = address;

    /// <summary>Everything that is wrong with the values; empty when nothing is.</summary>
    public IEnumerable<string> Problems() => SettingBounds.Problems(Section, this);
}
