namespace GridMesh.Grains.Incidents;

/// <summary>
/// Limits of the steps that no filing standard sets (DOMAIN "The closed loop"), on the clock that never stops.
/// </summary>
public static class StageLimits
{
    public static readonly TimeSpan Dispatch = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan Accept = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan Inspect = TimeSpan.FromMinutes(30);

    /// <summary>The same alarm within this time is the same sighting: it adds no fact.</summary>
    public static readonly TimeSpan SeenAgain = TimeSpan.FromMinutes(1);
}
