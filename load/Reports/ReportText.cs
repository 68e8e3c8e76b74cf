using System.Text.Encodings.Web;

namespace GridMesh.Load.Reports;

internal static class ReportText
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json(Report report) => JsonSerializer.Serialize(report, s_json) + "\n";

    /// <summary>Thresholds and verdict come last, where the terminal stops.</summary>
    public static string Render(Report report)
    {
        var text = new StringBuilder();
        foreach (var line in Head(report))
            text.AppendLine($"  {line}");
        var sections = report.Sections().ToArray();
        foreach (var (title, columns, rows) in sections.Skip(1).Append(sections[0]).Where(one => one.Rows.Length > 0))
        {
            text.AppendLine().AppendLine($"  {title}");
            var widths = columns.Select((column, i) => rows.Append(columns).Max(row => Columns(row[i]))).ToArray();
            foreach (var row in columns.All(string.IsNullOrEmpty) ? rows : rows.Prepend(columns))
            {
                var cells = row.Select((cell, i) => Pad(cell, widths[i], isFirst: i == 0));
                text.AppendLine($"    {string.Join("  ", cells)}".TrimEnd());
            }
        }

        return text.AppendLine().AppendLine($"{report.Scenario}: {Verdict(report)}").ToString();
    }

    public static IEnumerable<string> Head(Report report) =>
    [
        $"{report.Scenario}: {report.StartedAt:yyyy-MM-dd HH:mm:ss zzz}, {report.Seconds:F1} s",
        .. report.Machine is { } machine
            ? [$"{machine.System}, {machine.Runtime}, {machine.Cores} cores, "
                + $"load {machine.LoadAtStart:F2} before and {machine.LoadAtEnd:F2} after"]
            : (string[])[],
        .. report.Subject is { } subject
            ? [$"commit {subject.Commit}, engine {subject.Engine}, {subject.Storage} ({subject.Durability})"]
            : (string[])[],
        string.Join("  ", report.Settings.Select(setting => $"{setting.Key}={setting.Value}")),
    ];

    public static string Verdict(Report report) =>
        report.IsCancelled ? "ended before its time 提前结束" : report.IsMet ? "met 达标" : "MISSED 未达标";

    private static string Pad(string cell, int width, bool isFirst)
    {
        var space = new string(' ', width - Columns(cell));
        return isFirst ? cell + space : space + cell;
    }

    /// <summary>A Chinese character takes two columns of a terminal.</summary>
    private static int Columns(string text) => text.Sum(letter => letter >= '\u2E80' ? 2 : 1);
}
