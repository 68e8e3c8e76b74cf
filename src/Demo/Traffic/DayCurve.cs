namespace GridMesh.Demo.Traffic;

/// <summary>
/// How lively it is by the hour, China time; the mean over a day is 1, between full hours it goes straight.
/// </summary>
internal sealed class DayCurve
{
    private readonly double[] _hours;

    private DayCurve(params double[] hours)
    {
        var mean = hours.Average();
        _hours = [.. hours.Select(hour => hour / mean)];
    }

    /// <summary>Cases: offices and streets by day, a little all night.</summary>
    public static DayCurve Cases { get; } = new(
        0.18, 0.14, 0.12, 0.11, 0.12, 0.18, 0.4, 0.9, 1.7, 2.0, 2.0, 1.7, 1.1, 1.2, 1.8, 2.0, 1.9, 1.6, 1.3, 1.2, 1.0,
        0.7, 0.45, 0.28);

    /// <summary>Doors: out in the morning, home in the evening.</summary>
    public static DayCurve Doors { get; } = new(
        0.45, 0.4, 0.38, 0.38, 0.42, 0.6, 1.1, 1.65, 1.5, 1.0, 0.9, 1.15, 1.25, 1.1, 0.95, 0.95, 1.1, 1.5, 1.65, 1.4,
        1.2, 1.05, 0.8, 0.6);

    /// <summary>The factor at a moment.</summary>
    public double At(DateTime china)
    {
        var hour = china.TimeOfDay.TotalHours;
        var (from, share) = ((int)hour, hour - Math.Floor(hour));
        return (_hours[from] * (1 - share)) + (_hours[(from + 1) % 24] * share);
    }
}
