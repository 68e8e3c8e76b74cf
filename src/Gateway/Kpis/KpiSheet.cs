using System.Globalization;
using System.Reflection;
using GridMesh.Contracts.Kpis;
using GridMesh.Gateway.Plumbing.Sheets;

namespace GridMesh.Gateway.Kpis;

/// <summary>The answer as a table, with headings in two languages.</summary>
internal static class KpiSheet
{
    private static readonly string[] s_counters =
    [
        "上报", "立案", "立案的公众举报", "漏报", "自行处置", "派遣", "派遣等待秒", "回退", "接单", "接单等待秒", "办结", "按期办结",
        "申诉免计办结", "办理秒", "检查", "返工", "结案", "按期结案", "申诉免计结案", "重启", "重复", "超期", "上报上级", "不予受理",
        "评议", "评分合计", "应巡点位", "已巡点位",
    ];

    private static readonly string[] s_rates =
    [
        "准确派遣率", "按期处置率", "按期结案率", "返工率", "重复率", "公众举报率", "漏报率", "自行处置率", "满意度", "巡查覆盖率",
        "平均接单分钟", "平均派遣分钟", "平均办理分钟",
    ];

    private static readonly PropertyInfo[] s_rateMembers = typeof(KpiRates).GetProperties();

    public static IResult Of(IEnumerable<(DateTimeOffset Start, KpiFigures Figures)> parts, KpiStep by) =>
        Sheet.Of("kpis.csv", [Headings(), .. parts.Select(part => Line(part.Start, part.Figures, by))]);

    private static object?[] Headings() =>
    [
        "时间 start",
        .. s_counters.Zip(KpiFigures.Names, (chinese, english) => $"{chinese} {english}"),
        .. s_rates.Zip(s_rateMembers, (chinese, member) => $"{chinese} {member.Name}"),
    ];

    private static object?[] Line(DateTimeOffset start, KpiFigures figures, KpiStep by) =>
    [
        start.ToString(
            by switch { KpiStep.Hour => "yyyy-MM-dd HH:mm", KpiStep.Day => "yyyy-MM-dd", _ => "yyyy-MM" },
            CultureInfo.InvariantCulture),
        .. Enum.GetValues<KpiCounter>().Select(counter => (object?)figures[counter]),
        .. s_rateMembers.Select(member => member.GetValue(figures.Rates)),
    ];
}
