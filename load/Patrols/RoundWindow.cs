using GridMesh.Contracts.Patrols;

namespace GridMesh.Load.Patrols;

/// <summary>The window of all rounds: open when the plans are made, over soon after the walk.</summary>
/// <param name="Day">The day in China on which it began.</param>
internal sealed record RoundWindow(string From, string To, DateTimeOffset End, DateOnly Day)
{
    /// <summary>So long before now it began: whoever makes a plan is never at its edge.</summary>
    private static readonly TimeSpan s_before = TimeSpan.FromMinutes(PatrolWindow.MinutesMin);

    public static RoundWindow Around(DateTimeOffset now, TimeSpan needed)
    {
        // Windows end at full minutes.
        var end = new DateTimeOffset(
            (now + needed).UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero)
                + TimeSpan.FromMinutes(1);
        return new RoundWindow(Clock(now - s_before), Clock(end), end, ChinaTime.Day(now - s_before));
    }

    private static string Clock(DateTimeOffset at) =>
        ChinaTime.Local(at).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
