using System.Globalization;
using System.Net;
using System.Text;

namespace GridMesh.Load.Reports.Html;

/// <summary>Draws a plot as inline SVG; its colours come from the page.</summary>
internal static class SvgPlot
{
    private const double Width = 640;
    private const double Height = 240;
    private const double Left = 56;
    private const double Right = 12;
    private const double Top = 12;
    private const double Bottom = 26;

    /// <summary>Most points of a line that are drawn; of more, the highest of each stretch is.</summary>
    private const int PointsMax = 600;

    /// <summary>Number of colours that the page has; further lines use them again.</summary>
    private const int Colours = 6;

    public static string Draw(Plot plot)
    {
        var points = plot.Lines.SelectMany(line => line.Points).ToArray();
        if (points.Length == 0)
        {
            return "";
        }

        var x = Scale.Linear(
            Math.Min(plot.Marks?.Min(mark => mark.X) ?? 0, points.Min(point => point.X)),
            Math.Max(plot.Marks?.Max(mark => mark.X) ?? 0, points.Max(point => point.X)), Left, Width - Right);
        var y = ScaleOf(plot, points);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{Text(plot.Title)} <small>{Text(plot.Unit)}</small></figcaption>");
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Text(plot.Title)}\">");
        foreach (var mark in y.Marks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y.At(mark):F1}\" y2=\"{y.At(mark):F1}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{y.At(mark) + 4:F1}\" text-anchor=\"end\">{Scale.Text(mark)}</text>");
        }

        foreach (var mark in plot.Marks ?? [.. x.Marks.Select(mark => new PlotMark(mark, $"{Scale.Text(mark)} s"))])
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x.At(mark.X):F1}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Text(mark.Text)}</text>");
        }

        for (var i = 0; i < plot.Lines.Count; i++)
        {
            Line(svg, plot.Lines[i], i % Colours, x, y, plot.Unit);
        }

        svg.Append("</svg>");
        Legend(svg, plot.Lines);
        return svg.Append("</figure>\n").ToString();
    }

    private static Scale ScaleOf(Plot plot, PlotPoint[] points)
    {
        var above = points.Where(point => point.Y > 0).Select(point => point.Y).DefaultIfEmpty(1).ToArray();
        return plot.IsLogarithmic
            ? Scale.Logarithmic(above.Min(), above.Max(), Height - Bottom, Top)
            : Scale.Linear(0, above.Max() * 1.05, Height - Bottom, Top);
    }

    private static void Line(StringBuilder svg, PlotLine line, int colour, Scale x, Scale y, string unit)
    {
        var points = Thin(line.Points);
        var path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{x.At(point.X):F1},{y.At(point.Y):F1}")));
        var last = points.Count > 0 ? points[^1].Y : 0;
        svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"c{colour}\" points=\"{path}\"><title>{Text(line.Name)}: {last:0.##} {Text(unit)}</title></polyline>");
        if (points.Count <= 12)
        {
            foreach (var point in points)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"c{colour}\" cx=\"{x.At(point.X):F1}\" cy=\"{y.At(point.Y):F1}\" r=\"2.5\"><title>{Text(line.Name)}: {point.Y:0.##} {Text(unit)}</title></circle>");
            }
        }
    }

    private static void Legend(StringBuilder svg, IReadOnlyList<PlotLine> lines)
    {
        svg.Append("<ul class=\"legend\">");
        for (var i = 0; i < lines.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<li><i class=\"c{i % Colours}\"></i>{Text(lines[i].Name)}</li>");
        }

        svg.Append("</ul>");
    }

    private static IReadOnlyList<PlotPoint> Thin(IReadOnlyList<PlotPoint> points) => points.Count <= PointsMax
        ? points
        : [.. points.Chunk((points.Count + PointsMax - 1) / PointsMax).Select(chunk => chunk.MaxBy(point => point.Y))];

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
