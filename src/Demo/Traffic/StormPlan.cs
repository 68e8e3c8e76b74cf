namespace GridMesh.Demo.Traffic;

/// <summary>When a storm stands over which town. Follows from the seed alone.</summary>
/// <param name="every">Demo time between the beginnings of two storms; zero means never.</param>
internal sealed class StormPlan(int seed, int towns, TimeSpan every)
{
    /// <summary>How many times the cases of the town.</summary>
    public const double Factor = 20;

    public static readonly TimeSpan Length = TimeSpan.FromMinutes(2);

    /// <summary>Number of the town under a storm at a demo time since the start, null in good weather.</summary>
    public int? TownAt(TimeSpan demoTime)
    {
        if (every <= Length || towns == 0)
            return null;

        // The first storm comes after half a period: soon enough to be seen, not at once.
        var since = demoTime - (every / 2);
        if (since < TimeSpan.Zero || since.Ticks % every.Ticks >= Length.Ticks)
            return null;

        var number = (int)(since.Ticks / every.Ticks);
        return new Random(HashOf(seed, number)).Next(towns);
    }

    private static int HashOf(int seed, int number) => unchecked((seed * 397) ^ (number * 7_919));
}
