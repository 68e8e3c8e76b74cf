using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace GridMesh.Load.Reports;

/// <summary>The plots of a report as SVG, in their order on the page; those without data are left out.</summary>
internal static class ReportPlots
{
    private const int Width = 640;
    private const int Height = 260;

    public static IEnumerable<string> Of(Report report) =>
        new[]
        {
            Over("Throughput 吞吐量", "per second 每秒", report.Timelines, ["ok/s"]),
            Over("Failures 失败", "per second 每秒", [.. report.Timelines.Where(HasFailures)], ["failed/s"]),
            Over("Processor 处理器", "% of a core 单核占比", report.Processes, ["processor %"]),
            Over("Memory 内存", "MB", report.Processes, ["memory MB"]),
        }
        .Concat(report.Timelines.Select(line => Over(
            $"Latency 时延: {line.Name}", "ms", [line], ["p50 ms", "p95 ms", "p99 ms", "max ms"], isLogarithmic: true)))
        .OfType<PlotModel>().Select(plot => new SvgExporter { Width = Width, Height = Height }.ExportToString(plot))
        .Select(svg => svg[svg.IndexOf("<svg", StringComparison.Ordinal)..]);

    private static bool HasFailures(TimeLine line) => line.Points.Any(point => point.Values["failed/s"] > 0);

    private static PlotModel? Over(
        string title, string unit, IReadOnlyList<TimeLine> lines, string[] values, bool isLogarithmic = false)
    {
        var plot = new PlotModel { Title = title, TitleFontSize = 13, DefaultFontSize = 11,
            PlotAreaBorderThickness = new OxyThickness(0) };
        plot.Legends.Add(new Legend { LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.BottomLeft, LegendOrientation = LegendOrientation.Horizontal });
        plot.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Unit = "s", Minimum = 0 });
        plot.Axes.Add(isLogarithmic
            ? new LogarithmicAxis { Position = AxisPosition.Left, Title = unit, MajorGridlineStyle = LineStyle.Dot }
            : new LinearAxis { Position = AxisPosition.Left, Title = unit, MajorGridlineStyle = LineStyle.Dot,
                Minimum = 0 });
        foreach (var line in lines)
        {
            foreach (var value in values)
            {
                var series = new LineSeries { Title = values.Length > 1 ? value : line.Name };
                series.Points.AddRange(line.Points.Where(
                    point => point.Values.ContainsKey(value) && (!isLogarithmic || point.Values[value] > 0))
                    .Select(point => new DataPoint(point.At, point.Values[value])));
                plot.Series.Add(series);
            }
        }

        return plot.Series.Any(series => ((LineSeries)series).Points.Count > 0) ? plot : null;
    }
}
