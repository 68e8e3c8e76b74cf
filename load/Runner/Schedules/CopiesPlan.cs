namespace GridMesh.Load.Runner.Schedules;

/// <summary>How many copies run at each moment of a stretch of closed load.</summary>
/// <param name="IterationsMax">Iterations after which the stretch ends; null: only time ends it.</param>
internal sealed record CopiesPlan(int From, int To, TimeSpan During, long? IterationsMax = null)
{
    /// <summary>Most copies at once.</summary>
    public const int CopiesMax = 100_000;

    /// <param name="at">Time since the stretch began.</param>
    public int CopiesAt(TimeSpan at) => at >= During || From == To
        ? To
        : From + (int)Math.Round((To - From) * (at / During), MidpointRounding.AwayFromZero);

    /// <summary>When the number changes next, at most the stretch's end.</summary>
    public TimeSpan NextChange(TimeSpan at)
    {
        if (From == To || at >= During)
        {
            return During;
        }

        var steps = Math.Abs(To - From);
        var done = Math.Abs(CopiesAt(at) - From);
        return done >= steps ? During : During * ((done + 0.5) / steps);
    }
}
