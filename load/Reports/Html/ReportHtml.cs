using System.Globalization;
using System.Net;
using System.Text;
using GridMesh.Load.Measuring;

namespace GridMesh.Load.Reports.Html;

/// <summary>A report as one file with plots, in English and Chinese, that needs nothing from anywhere.</summary>
internal static class ReportHtml
{
    public static string Render(Report report)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        page.Append(CultureInfo.InvariantCulture, $"<title>{Text(report.Scenario)} {report.StartedAt:yyyy-MM-dd HH:mm}</title><style>{HtmlStyle.Css}</style></head><body>\n");
        Head(page, report);
        Thresholds(page, report.Thresholds);
        page.Append("<section class=\"plots\">");
        foreach (var plot in ReportPlots.Of(report))
        {
            page.Append(SvgPlot.Draw(plot));
        }

        page.Append("</section>\n");
        Loads(page, report);
        Codes(page, report.Loads);
        Table(page, "Figures 数据", ["", "", ""], report.Figures.Select(figure => new[] { figure.Name, Number(figure.Value), figure.Unit }), isText: true);
        foreach (var table in report.Tables)
        {
            string[] Named(string name, IEnumerable<string> cells) => table.Names.Count > 0 ? [name, .. cells] : [.. cells];
            Table(
                page, table.Name, Named("", table.Columns),
                table.Rows.Select((row, i) => Named(table.Names.ElementAtOrDefault(i) ?? "", row.Select(Number))));
        }

        Table(page, "Notes 备注", [""], report.Notes.Select(note => new[] { note }));
        return page.Append("</body></html>\n").ToString();
    }

    private static void Head(StringBuilder page, Report report)
    {
        var verdict = (report.IsCancelled, report.IsMet) switch
        {
            (true, _) => "<b class=\"missed\">ended before its time 提前结束</b>",
            (_, true) => "<b class=\"met\">met 达标</b>",
            _ => "<b class=\"missed\">missed 未达标</b>",
        };
        page.Append(CultureInfo.InvariantCulture, $"<header><h1>{Text(report.Scenario)} {verdict}</h1>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{report.StartedAt:yyyy-MM-dd HH:mm:ss zzz} · {report.Took.TotalSeconds:F1} s</p></header>\n<dl>");
        var machine = report.Machine;
        Say(page, "machine 机器", $"{machine.System}, {machine.Cores} cores 核, {machine.MemoryMb:F0} MB, {machine.Runtime}");
        Say(page, "load average 负载", $"{machine.LoadAtStart:F2} → {machine.LoadAtEnd:F2}");
        if (report.Subject is { } subject)
        {
            Say(page, "commit 提交", subject.Commit);
            Say(page, "engine 引擎", subject.Engine);
            Say(page, "storage 存储", $"{subject.Storage} · {subject.Durability}");
            Say(page, "load by 负载引擎", subject.LoadEngine);
        }

        Say(page, "settings 参数", string.Join(" · ", report.Settings.Select(setting => $"{setting.Key} {setting.Value}")));
        page.Append("</dl>\n");
    }

    private static void Thresholds(StringBuilder page, IReadOnlyList<Verdict> thresholds)
    {
        page.Append("<h2>Thresholds 阈值</h2><div class=\"wide text\"><table><thead><tr><th></th><th>threshold 阈值</th><th>wanted 要求</th><th>found 结果</th></tr></thead><tbody>");
        foreach (var threshold in thresholds)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"{(threshold.IsMet ? "met\">✓" : "missed\">✗")}</td><td>{Text(threshold.Name)}</td><td>{Text(threshold.Wanted)}</td><td>{Text(threshold.Found)}</td></tr>");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void Loads(StringBuilder page, Report report)
    {
        if (report.Loads.Count > 0)
        {
            Table(
                page, "Scenarios and steps 场景与步骤", ["", "ok 成功", "failed 失败", "/s", "min ms", "mean", "p50", "p75", "p95", "p99", "max", "MB"],
                report.Loads.Select(load => new[]
                {
                    load.Name, Number(load.Ok), Number(load.Failed), Number(load.OkPerSecond), Number(load.MinMs), Number(load.MeanMs), Number(load.P50Ms),
                    Number(load.P75Ms), Number(load.P95Ms), Number(load.P99Ms), Number(load.MaxMs), Number(load.Bytes / 1e6),
                }));
            return;
        }

        Table(
            page, "Latencies 时延", ["", "count 次数", "p50 ms", "p95", "p99", "max"],
            report.Latencies.Select(latency => new[]
            {
                latency.Name, Number(latency.Count), Ms(latency.P50), Ms(latency.P95), Ms(latency.P99), Ms(latency.Max),
            }));
    }

    private static void Codes(StringBuilder page, IReadOnlyList<LoadFigures> loads) => Table(
        page, "Status codes 状态码", ["", "code 状态码", "count 次数", "message 信息"],
        loads.SelectMany(load => load.Codes.Select(code => new[] { load.Name, $"{(code.IsError ? "✗ " : "")}{code.Code}", Number(code.Count), code.Message })),
        isText: true);

    private static void Table(StringBuilder page, string title, IReadOnlyList<string> columns, IEnumerable<string[]> rows, bool isText = false)
    {
        var all = rows.ToArray();
        if (all.Length == 0)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(title)}</h2><div class=\"wide{(isText ? " text" : "")}\"><table><thead><tr>{string.Concat(columns.Select(column => $"<th>{Text(column)}</th>"))}</tr></thead><tbody>");
        foreach (var row in all)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(row.Select(cell => $"<td>{Text(cell)}</td>"))}</tr>");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void Say(StringBuilder page, string name, string value) =>
        page.Append(CultureInfo.InvariantCulture, $"<dt>{Text(name)}</dt><dd>{Text(value)}</dd>");

    private static string Ms(TimeSpan duration) => Number(duration.TotalMilliseconds);

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
