namespace GridMesh.Grains.Incidents;

/// <summary>
/// Limits of the steps that no filing standard sets (DOMAIN "The closed loop"), on the clock that never stops.
/// </summary>
public static class StageLimits
{
    public static readonly TimeSpan Dispatch = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan Accept = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan Inspect = TimeSpan.FromMinutes(30);

    /// <summary>No source sets it; without one a case that nobody tells of would lie for ever.</summary>
    public static readonly TimeSpan Tell = TimeSpan.FromHours(24);

    /// <summary>Longest time that a clock stands still; then it runs on by itself. Ours too.</summary>
    public static readonly TimeSpan Suspension = TimeSpan.FromDays(90);

    /// <summary>The same alarm within this time is the same sighting: it adds no fact.</summary>
    public static readonly TimeSpan SeenAgain = TimeSpan.FromMinutes(1);
}
