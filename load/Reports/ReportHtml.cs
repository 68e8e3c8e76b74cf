namespace GridMesh.Load.Reports;

/// <summary>A report as one file with plots, in English and Chinese, that needs nothing from anywhere.</summary>
internal static class ReportHtml
{
    private const string Css =
        "body{margin:0 auto;max-width:1360px;padding:24px;font:14px/1.5 system-ui,\"Noto Sans CJK SC\",sans-serif;"
        + "color:#1d2326}.plots{display:flex;flex-wrap:wrap;gap:16px}table{border-collapse:collapse}"
        + "th,td{text-align:right;padding:3px 12px;border-bottom:1px solid #dfe3e5}"
        + "th:first-child,td:first-child{text-align:left}";

    public static string Render(Report report)
    {
        var tables = report.Sections().Where(section => section.Rows.Length > 0).Select(Table).ToArray();
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>{Text(report.Scenario)}</title>
            <style>{Css}</style></head>
            <body><h1>{Text(report.Scenario)}: {ReportText.Verdict(report)}</h1>
            <p>{string.Join("<br/>", ReportText.Head(report).Select(Text))}</p>
            {tables.FirstOrDefault()}
            <section class="plots">{string.Join('\n', ReportPlots.Of(report))}</section>
            {string.Join('\n', tables.Skip(1))}
            </body></html>

            """;
    }

    private static string Table((string Title, string[] Columns, string[][] Rows) section) =>
        $"<h2>{Text(section.Title)}</h2><table>{Row("th", section.Columns)}"
        + $"{string.Concat(section.Rows.Select(row => Row("td", row)))}</table>";

    private static string Row(string tag, string[] cells) =>
        $"<tr>{string.Concat(cells.Select(cell => $"<{tag}>{Text(cell)}</{tag}>"))}</tr>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
