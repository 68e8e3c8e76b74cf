using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>What <c>storm</c> is asked to do.</summary>
internal sealed record StormOptions : RunOptions
{
    /// <summary>How many times its usual cases the stormy town has.</summary>
    public const int Factor = 100;

    /// <summary>Ten times the busiest hour of a district, so that the storm counts.</summary>
    public StormOptions() => Rate = 2;

    public string Area { get; init; } = "450105";

    public int Crew { get; init; } = 400;

    public override double RateMax => 100;

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        if (Crew is < 1 or > LifecycleOptions.CrewMax)
        {
            yield return $"--crew is {Crew}; it has to be 1-{LifecycleOptions.CrewMax}";
        }
    }
}
