using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>What <c>latency</c> is asked to do; the rate is reports a second.</summary>
internal sealed record LatencyOptions : RunOptions
{
    /// <summary>Most reports a second.</summary>
    public const double ReportsPerSecondMax = 1_000;

    public override double RateMax => ReportsPerSecondMax;

    public string Area { get; init; } = "450105";

    /// <summary>Speed of the demo traffic of our own product; 1 is real time, 0.1-100 as the demo has it.</summary>
    public double Speed { get; init; } = 1;

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        if (Speed is not (>= 0.1 and <= 100))
        {
            yield return $"--speed is {Speed}; it has to be 0.1-100";
        }
    }
}
