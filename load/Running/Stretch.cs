namespace GridMesh.Load.Running;

/// <summary>A stretch of a scenario's load. Rates need not be whole.</summary>
/// <param name="Copies">Of a closed load: so many begin their next iteration when their last has ended. 0: open, or a
/// pause.</param>
/// <param name="PerSecond">The rate that the stretch ends with.</param>
/// <param name="IsRamp">The rate goes there in a straight line from where the stretch before ended.</param>
internal sealed record Stretch(TimeSpan During, int Copies, double PerSecond, bool IsRamp = false)
{
    public static Stretch Closed(int copies, TimeSpan during) => new(during, copies, 0);

    /// <summary>Iterations arrive at their moments, whatever became of those before.</summary>
    public static Stretch Open(double perSecond, TimeSpan during) => new(during, 0, perSecond);

    public static Stretch Ramp(double perSecond, TimeSpan during) => new(during, 0, perSecond, IsRamp: true);

    public static Stretch Pause(TimeSpan during) => new(during, 0, 0);

    /// <summary>
    /// When the iterations of an open stretch are due, from its beginning: evenly spaced, the first at once; on a ramp
    /// where the area under the line has grown to a number and a half, so that up and down are mirror images.
    /// </summary>
    /// <param name="from">The rate a second that the stretch before ended with.</param>
    public IEnumerable<TimeSpan> Arrivals(double from)
    {
        var (seconds, slope) = (During.TotalSeconds, IsRamp ? (PerSecond - from) / During.TotalSeconds : 0);
        var count = IsRamp ? Math.Round((from + PerSecond) / 2 * seconds)
            : Math.Ceiling(Math.Round(PerSecond * seconds, 6));
        for (var index = 0L; index < count; index++)
            yield return TimeSpan.FromSeconds(
                IsRamp ? Math.Min(seconds, RampAt(from, slope, index + 0.5)) : index / PerSecond);
    }

    private static double RampAt(double from, double slope, double area) =>
        2 * area / (from + Math.Sqrt(Math.Max(0, (from * from) + (2 * slope * area))));
}
