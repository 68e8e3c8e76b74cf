using GridMesh.Load.Fleets;
using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>What <c>fanout</c> is asked to do; the rate is frames a second of each grid in the steady phase.</summary>
internal sealed record FanoutOptions : RunOptions
{
    public const int RoundsMax = 10;

    /// <summary>Most frames a second of a grid; by default the product makes 10, a silo of our own is told to make these.</summary>
    public const double FramesPerSecondMax = 20;

    public FanoutOptions() => (Rate, Duration) = (4, TimeSpan.FromSeconds(10));

    public override double RateMax => FramesPerSecondMax;

    public override TimeSpan DurationMax => TimeSpan.FromMinutes(10);

    public string Area { get; init; } = "450105";

    /// <summary>Connections, 1-100,000.</summary>
    public int Clients { get; init; } = 10_000;

    /// <summary>Grids that the clients watch in turn, 1-400.</summary>
    public int Areas { get; init; } = 20;

    /// <summary>Frames a second of each grid in the phase that asks for more than can be delivered, 0-20 without 0.</summary>
    public double Flood { get; init; } = FramesPerSecondMax;

    /// <summary>How often both sides are measured in turn, 1-10.</summary>
    public int Rounds { get; init; } = 2;

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems().Concat(FleetBounds.Problems(Clients, Areas)))
        {
            yield return problem;
        }

        if (Rounds is < 1 or > RoundsMax)
        {
            yield return $"--rounds is {Rounds}; it has to be 1-{RoundsMax}";
        }

        if (Flood is not (> 0 and <= FramesPerSecondMax))
        {
            yield return $"--flood is {Flood}; it has to be more than 0 and at most {FramesPerSecondMax} a second";
        }
    }
}
