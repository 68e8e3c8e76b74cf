using System.Text.Encodings.Web;
using System.Text.Json;
using GridMesh.Load.Measuring;

namespace GridMesh.Load.Reports;

/// <summary>A report for machines: camelCase, durations in milliseconds, the whole in one object.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Render(Report report) => JsonSerializer.Serialize(
        new
        {
            report.Scenario,
            report.IsMet,
            report.StartedAt,
            Seconds = Math.Round(report.Took.TotalSeconds, 1),
            report.Machine,
            report.Settings,
            Latencies = report.Latencies.Select(LatencyOf),
            report.Figures,
            report.Tables,
            report.Notes,
            report.Thresholds,
            report.IsCancelled,
            report.Subject,
            report.Loads,
            report.Timelines,
            report.Metrics,
            report.Processes,
        },
        s_json) + "\n";

    private static object LatencyOf(LatencySummary latency) => new
    {
        latency.Name,
        latency.Count,
        P50Ms = latency.P50.TotalMilliseconds,
        P95Ms = latency.P95.TotalMilliseconds,
        P99Ms = latency.P99.TotalMilliseconds,
        MaxMs = latency.Max.TotalMilliseconds,
        RelativeErrorMax = Histogram.RelativeErrorMax,
    };
}
