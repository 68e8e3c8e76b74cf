namespace GridMesh.Load.Reports.Html;

/// <summary>A line of a plot.</summary>
internal sealed record PlotLine(string Name, IReadOnlyList<PlotPoint> Points);

internal readonly record struct PlotPoint(double X, double Y);

/// <summary>A mark on the horizontal axis.</summary>
internal sealed record PlotMark(double X, string Text);

/// <summary>What is drawn.</summary>
/// <param name="Title">In English and Chinese.</param>
/// <param name="Unit">Of the vertical axis.</param>
/// <param name="Marks">Null: seconds, at round numbers.</param>
internal sealed record Plot(string Title, string Unit, IReadOnlyList<PlotLine> Lines, IReadOnlyList<PlotMark>? Marks = null)
{
    /// <summary>Drawn from zero only where that leaves the lines readable; latencies over several powers of ten are not.</summary>
    public bool IsLogarithmic { get; init; }
}
