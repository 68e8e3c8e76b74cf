using GridMesh.Demo.World;

namespace GridMesh.Demo.Traffic;

/// <summary>What all streams of the traffic share.</summary>
internal sealed record TrafficContext(
    TrafficWorld World, TrafficClient Client, DemoOptions Options, FailureLog Failures, DateTimeOffset Started)
{
    /// <summary>Demo time since the start.</summary>
    public TimeSpan DemoTime(DateTimeOffset now) => (now - Started) * Options.Speed;

    /// <summary>A stream of random numbers of its own for each part.</summary>
    public Random Random(int part) => new(Options.Seed + part);

    /// <summary>Another one after every start, for what must not come twice.</summary>
    public Random RandomOfStart(int part) => new(unchecked(Options.Seed + part + (int)Started.ToUnixTimeSeconds()));
}
