using System.Globalization;
using System.Net;

namespace GridMesh.Load.Reports;

/// <summary>A report as one file with plots, in English and Chinese, that needs nothing from anywhere.</summary>
internal static class ReportHtml
{
    private const string Css =
        "body{margin:0 auto;max-width:1360px;padding:24px;font:14px/1.5 system-ui,\"Noto Sans CJK SC\",sans-serif;color:#1d2326}"
        + "h1 b{font-size:14px;margin-left:8px}.met{color:#1a7f4b}.missed{color:#c2362b}"
        + ".plots{display:flex;flex-wrap:wrap;gap:16px}table{border-collapse:collapse}"
        + "th,td{text-align:right;padding:3px 12px;border-bottom:1px solid #dfe3e5}th:first-child,td:first-child{text-align:left}";

    public static string Render(Report report)
    {
        var verdict = report.IsCancelled ? "<b class=\"missed\">ended before its time 提前结束</b>"
            : report.IsMet ? "<b class=\"met\">met 达标</b>" : "<b class=\"missed\">missed 未达标</b>";
        return $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Text(report.Scenario)} {report.StartedAt:yyyy-MM-dd HH:mm}</title>"
            + $"<style>{Css}</style></head><body><h1>{Text(report.Scenario)} {verdict}</h1>\n"
            + $"<p>{report.StartedAt:yyyy-MM-dd HH:mm:ss zzz} · {report.Seconds:F1} s<br/>{Text($"{report.Machine}")}<br/>{Text($"{report.Subject}")}<br/>"
            + $"{Text(string.Join(" · ", report.Settings.Select(setting => $"{setting.Key} {setting.Value}")))}</p>\n"
            + Table("Thresholds 阈值", ["", "wanted 要求", "found 结果", ""], report.Thresholds.Select(
                verdict => new[] { verdict.Name, verdict.Wanted, verdict.Found, verdict.IsMet ? "✓" : "✗ missed 未达标" }))
            + $"<section class=\"plots\">{string.Join('\n', ReportPlots.Of(report))}</section>\n"
            + Table(
                "Scenarios and steps 场景与步骤",
                ["", "ok 成功", "failed 失败", "/s", "min ms", "mean", "p50", "p75", "p95", "p99", "max", "MB"],
                report.Loads.Select(load => (string[])
                [
                    load.Name, Number(load.Ok), Number(load.Failed), Number(load.OkPerSecond), Number(load.MinMs),
                    Number(load.MeanMs),
                    Number(load.P50Ms), Number(load.P75Ms), Number(load.P95Ms), Number(load.P99Ms), Number(load.MaxMs),
                    Number(load.Bytes / 1e6),
                ]))
            + Table("Figures 数据", ["", "", ""],
                report.Figures.Select(figure => new[] { figure.Name, Number(figure.Value), figure.Unit }))
            + string.Concat(report.Tables.Select(table => Table(
                table.Name, ["", .. table.Columns],
                table.Rows.Select(
                    (row, i) => (string[])[table.Names?.ElementAtOrDefault(i) ?? "", .. row.Select(Number)]))))
            + Table("Notes 备注", [""], report.Notes.Select(note => new[] { note }))
            + "</body></html>\n";
    }

    private static string Table(string title, string[] columns, IEnumerable<string[]> rows)
    {
        var body = string.Concat(
            rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Text(cell)}</td>"))}</tr>"));
        return body.Length == 0 ? ""
            : $"<h2>{Text(title)}</h2><table><thead><tr>{string.Concat(columns.Select(column => $"<th>{Text(column)}</th>"))}</tr></thead><tbody>{body}</tbody></table>\n";
    }

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
