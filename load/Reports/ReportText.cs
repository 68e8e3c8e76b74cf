using System.Text;
using System.Text.Encodings.Web;

namespace GridMesh.Load.Reports;

/// <summary>A report for people on a terminal, and for machines.</summary>
internal static class ReportText
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>camelCase, the whole in one object.</summary>
    public static string Json(Report report) => JsonSerializer.Serialize(report, s_json) + "\n";

    public static string Render(Report report)
    {
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine(
            $"{report.Scenario}: {(report.IsMet ? "met" : "MISSED")}{(report.IsCancelled ? ", ended before its time" : "")}   {report.StartedAt:yyyy-MM-dd HH:mm:ss zzz}, {report.Seconds:F1} s");
        if (report.Machine is { } machine)
            text.AppendLine(
                $"  {machine.System}, {machine.Runtime}, {machine.Cores} cores, load {machine.LoadAtStart:F2} before and {machine.LoadAtEnd:F2} after");
        if (report.Subject is { } subject)
            text.AppendLine(
                $"  commit {subject.Commit}, engine {subject.Engine}, {subject.Storage} ({subject.Durability})");
        text.AppendLine($"  {string.Join("  ", report.Settings.Select(setting => $"{setting.Key}={setting.Value}"))}");
        if (report.Loads.Count > 0)
            Loads(text, report.Loads);
        if (report.Figures.Count > 0)
            Figures(text, report.Figures);
        foreach (var table in report.Tables)
            Table(text, table);
        text.AppendLine();
        foreach (var note in report.Notes)
            text.AppendLine($"  {note}");
        foreach (var threshold in report.Thresholds)
            text.AppendLine(
                $"  {(threshold.IsMet ? "ok    " : "MISSED")}  {threshold.Name} {threshold.Wanted}: {threshold.Found}");
        return text.ToString();
    }

    private static void Loads(StringBuilder text, IReadOnlyList<LoadFigures> loads)
    {
        var width = loads.Max(load => load.Name.Length);
        text.AppendLine();
        text.AppendLine(
            $"  {"ms".PadRight(width)}  {"ok",9} {"failed",7} {"/s",9} {"p50",9} {"p75",9} {"p95",9} {"p99",9} {"max",9}");
        foreach (var load in loads)
            text.AppendLine(
                $"  {load.Name.PadRight(width)}  {load.Ok,9} {load.Failed,7} {load.OkPerSecond,9:F1} {load.P50Ms,9:F1} {load.P75Ms,9:F1} {load.P95Ms,9:F1} {load.P99Ms,9:F1} {load.MaxMs,9:F1}");
    }

    private static void Figures(StringBuilder text, IReadOnlyList<Figure> figures)
    {
        var width = figures.Max(figure => figure.Name.Length);
        text.AppendLine();
        foreach (var figure in figures)
            text.AppendLine($"  {figure.Name.PadRight(width)}  {figure.Value,12:0.##} {figure.Unit}");
    }

    private static void Table(StringBuilder text, ReportTable table)
    {
        var width = table.Names is { Count: > 0 } names ? names.Max(name => name.Length) + 2 : 0;
        string Named(int row) => (table.Names?.ElementAtOrDefault(row) ?? "").PadRight(width);
        text.AppendLine();
        text.AppendLine($"  {table.Name}");
        text.AppendLine($"  {Named(-1)}{string.Join("  ", table.Columns)}");
        foreach (var (number, row) in table.Rows.Index())
            text.AppendLine(
                $"  {Named(number)}{string.Join("  ", row.Select((value, i) => value.ToString("0.##").PadLeft(table.Columns[i].Length)))}");
    }
}
