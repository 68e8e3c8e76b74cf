namespace GridMesh.Load.Running;

/// <summary>A stretch of a scenario's load. Rates need not be whole.</summary>
/// <param name="Copies">Of a closed load: so many begin their next iteration when their last has ended.</param>
/// <param name="PerSecond">Of an open load: iterations arrive in time, whatever became of those before.</param>
internal sealed record Stretch(TimeSpan During, int Copies, double PerSecond)
{
    public static Stretch Closed(int copies, TimeSpan during) => new(during, copies, 0);

    public static Stretch Open(double perSecond, TimeSpan during) => new(during, 0, perSecond);

    public static Stretch Pause(TimeSpan during) => new(during, 0, 0);

    /// <summary>When iterations of an open stretch are due, from its beginning: evenly, the first at once.</summary>
    public IEnumerable<TimeSpan> Arrivals()
    {
        var count = Math.Ceiling(Math.Round(PerSecond * During.TotalSeconds, 6));
        for (var index = 0L; index < count; index++)
            yield return TimeSpan.FromSeconds(index / PerSecond);
    }
}
