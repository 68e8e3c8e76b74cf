using System.Globalization;

namespace GridMesh.Load.Reports.Html;

/// <summary>An axis: from values to pixels, with marks at round numbers.</summary>
internal sealed class Scale
{
    private const int MarksWanted = 5;

    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;
    private readonly bool _isLogarithmic;

    private Scale(double low, double high, double from, double to, bool isLogarithmic, IReadOnlyList<double> marks) =>
        (_low, _high, _from, _to, _isLogarithmic, Marks) = (low, high, from, to, isLogarithmic, marks);

    public IReadOnlyList<double> Marks { get; }

    /// <param name="from">Pixel of the lowest value.</param>
    /// <param name="to">Pixel of the highest value.</param>
    public static Scale Linear(double low, double high, double from, double to)
    {
        high = high > low ? high : low + 1;
        var step = StepOf((high - low) / MarksWanted);
        var marks = new List<double>();
        for (var mark = Math.Ceiling(low / step) * step; mark <= high + (step / 1e6); mark += step)
        {
            marks.Add(mark);
        }

        return new Scale(low, high, from, to, false, marks);
    }

    /// <summary>Whole powers of ten around the values, which are more than 0.</summary>
    public static Scale Logarithmic(double low, double high, double from, double to)
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
        last = Math.Max(last, first + 1);
        return new Scale(first, last, from, to, true, [.. Enumerable.Range(first, last - first + 1).Select(power => Math.Pow(10, power))]);
    }

    public double At(double value)
    {
        var at = _isLogarithmic ? Math.Log10(Math.Max(value, Math.Pow(10, _low))) : value;
        return _from + ((at - _low) / (_high - _low) * (_to - _from));
    }

    public static string Text(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1_000_000 => (value / 1_000_000).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 10_000 => (value / 1_000).ToString("0.##", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    private static double StepOf(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 5 => 5,
            _ => 10,
        } * power;
    }
}
