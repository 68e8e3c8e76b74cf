namespace GridMesh.Grains.Live;

/// <summary>
/// How long something has lasted is told by this, never by two readings of the wall's clock: that may be put back, and
/// everything would rest for as long.
/// </summary>
internal static class Uptime
{
    /// <summary>Time since some moment that stays the same while the process lives.</summary>
    public static TimeSpan GetUptime(this TimeProvider time) => time.GetElapsedTime(0);
}
