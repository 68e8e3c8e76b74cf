namespace GridMesh.Load.Running;

/// <summary>A stretch of a scenario's load.</summary>
/// <param name="Copies">Of a closed load: so many begin their next iteration when their last has ended. 0: open, or a
/// pause.</param>
/// <param name="PerSecond">The rate that the stretch ends with.</param>
/// <param name="IsRamp">The rate goes there in a straight line from where the stretch before ended.</param>
internal sealed record LoadSimulation(TimeSpan During, int Copies, double PerSecond, bool IsRamp = false)
{
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

/// <summary>
/// Makes stretches of load. Inject is an open load: iterations arrive at their moments, whatever became of those
/// before. Constant is a closed one. Rates need not be whole.
/// </summary>
internal static class Simulation
{
    public static LoadSimulation KeepConstant(int copies, TimeSpan during) => new(during, copies, 0);

    public static LoadSimulation Inject(double rate, TimeSpan interval, TimeSpan during) =>
        new(during, 0, rate / interval.TotalSeconds);

    public static LoadSimulation Inject(double perSecond, TimeSpan during) => new(during, 0, perSecond);

    public static LoadSimulation RampingInject(double rate, TimeSpan interval, TimeSpan during) =>
        new(during, 0, rate / interval.TotalSeconds, IsRamp: true);

    public static LoadSimulation Pause(TimeSpan during) => new(during, 0, 0);
}
