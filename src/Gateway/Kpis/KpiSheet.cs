using System.Globalization;
using System.Reflection;
using System.Text;
using GridMesh.Contracts.Kpis;
using GridMesh.Gateway.Sheets;

namespace GridMesh.Gateway.Kpis;

/// <summary>
/// The answer as a table for a spreadsheet: CSV (RFC 4180), UTF-8 with its mark, headings in two languages.
/// </summary>
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

    public static IResult Of(IEnumerable<(DateTimeOffset Start, KpiFigures Figures)> parts, KpiStep by)
    {
        var text = new StringBuilder();
        text.Append("时间 start");
        Headings(text, s_counters, KpiFigures.Names);
        Headings(text, s_rates, [.. s_rateMembers.Select(member => member.Name)]);
        text.Append("\r\n");
        foreach (var (start, figures) in parts)
        {
            text.Append(start.ToString(
                by switch { KpiStep.Hour => "yyyy-MM-dd HH:mm", KpiStep.Day => "yyyy-MM-dd", _ => "yyyy-MM" },
                CultureInfo.InvariantCulture));
            foreach (var counter in Enum.GetValues<KpiCounter>())
            {
                text.Append(CultureInfo.InvariantCulture, $",{figures[counter]}");
            }

            foreach (var member in s_rateMembers)
            {
                text.Append(CultureInfo.InvariantCulture, $",{member.GetValue(figures.Rates)}");
            }

            text.Append("\r\n");
        }

        return Sheet.Of(text, "kpis.csv");
    }

    private static void Headings(StringBuilder text, string[] chinese, ImmutableArray<string> english)
    {
        for (var i = 0; i < chinese.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $",{chinese[i]} {english[i]}");
        }
    }
}
