using System.Text;
using GridMesh.Load.Measuring;

namespace GridMesh.Load.Reports;

/// <summary>A report for people.</summary>
internal static class ReportText
{
    public static string Render(Report report)
    {
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine($"{report.Scenario}: {(report.IsMet ? "met" : "MISSED")}{(report.IsCancelled ? ", ended before its time" : "")}   {report.StartedAt:yyyy-MM-dd HH:mm:ss zzz}, {report.Took.TotalSeconds:F1} s");
        text.AppendLine($"  {report.Machine.System}, {report.Machine.Runtime}, {report.Machine.Cores} cores, load {Load(report.Machine.LoadAtStart)} before and {Load(report.Machine.LoadAtEnd)} after");
        if (report.Subject is { } subject)
        {
            text.AppendLine($"  commit {subject.Commit}, engine {subject.Engine}, {subject.Storage} ({subject.Durability}), load by {subject.LoadEngine}");
        }

        text.AppendLine($"  {string.Join("  ", report.Settings.Select(setting => $"{setting.Key}={setting.Value}"))}");
        if (report.Loads.Count > 0)
        {
            Loads(text, report.Loads);
        }
        else
        {
            Latencies(text, report.Latencies);
        }

        Figures(text, report.Figures);
        foreach (var table in report.Tables)
        {
            Table(text, table);
        }

        foreach (var note in report.Notes)
        {
            text.AppendLine($"  {note}");
        }

        text.AppendLine();
        foreach (var threshold in report.Thresholds)
        {
            text.AppendLine($"  {(threshold.IsMet ? "ok    " : "MISSED")}  {threshold.Name} {threshold.Wanted}: {threshold.Found}");
        }

        return text.ToString();
    }

    private static void Loads(StringBuilder text, IReadOnlyList<LoadFigures> loads)
    {
        var width = loads.Max(load => load.Name.Length);
        text.AppendLine();
        text.AppendLine($"  {"ms".PadRight(width)}  {"ok",9} {"failed",7} {"/s",9} {"p50",9} {"p75",9} {"p95",9} {"p99",9} {"max",9}");
        foreach (var load in loads)
        {
            text.AppendLine($"  {load.Name.PadRight(width)}  {load.Ok,9} {load.Failed,7} {load.OkPerSecond,9:F1} {load.P50Ms,9:F1} {load.P75Ms,9:F1} {load.P95Ms,9:F1} {load.P99Ms,9:F1} {load.MaxMs,9:F1}");
        }
    }

    private static string Load(double? average) => average is { } value ? value.ToString("F2") : "unknown";

    private static void Latencies(StringBuilder text, IReadOnlyList<LatencySummary> latencies)
    {
        if (latencies.Count == 0)
        {
            return;
        }

        var width = latencies.Max(latency => latency.Name.Length);
        text.AppendLine();
        text.AppendLine($"  {"ms".PadRight(width)}  {"count",9} {"p50",9} {"p95",9} {"p99",9} {"max",9}");
        foreach (var latency in latencies)
        {
            text.AppendLine($"  {latency.Name.PadRight(width)}  {latency.Count,9} {Ms(latency.P50),9} {Ms(latency.P95),9} {Ms(latency.P99),9} {Ms(latency.Max),9}");
        }
    }

    private static string Ms(TimeSpan duration) => duration.TotalMilliseconds.ToString("F1");

    private static void Figures(StringBuilder text, IReadOnlyList<Figure> figures)
    {
        if (figures.Count == 0)
        {
            return;
        }

        var width = figures.Max(figure => figure.Name.Length);
        text.AppendLine();
        foreach (var figure in figures)
        {
            text.AppendLine($"  {figure.Name.PadRight(width)}  {figure.Value,12:0.##} {figure.Unit}");
        }
    }

    private static void Table(StringBuilder text, ReportTable table)
    {
        text.AppendLine();
        text.AppendLine($"  {table.Name}");
        var width = table.Names.Count > 0 ? table.Names.Max(name => name.Length) + 2 : 0;
        string Named(int row) => (row < table.Names.Count ? table.Names[row] : "").PadRight(width);
        text.AppendLine($"  {Named(table.Rows.Count)}{string.Join("  ", table.Columns)}");
        foreach (var (number, row) in table.Rows.Index())
        {
            text.AppendLine($"  {Named(number)}{string.Join("  ", row.Select((value, i) => value.ToString("0.##").PadLeft(table.Columns[i].Length)))}");
        }
    }
}
