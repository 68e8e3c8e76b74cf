using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>What <c>lifecycle</c> is asked to do.</summary>
internal sealed record LifecycleOptions : RunOptions
{
    public const int CallersMax = 1_000;

    public const int CrewMax = 5_000;

    public LifecycleOptions() => Rate = 370;

    public string Area { get; init; } = "450105";

    /// <summary>So many callers, each with its next lifecycle when the last has ended: how many can be done. Zero: at
    /// <see cref="RunOptions.Rate"/>, whatever becomes of those before.</summary>
    public int Callers { get; init; }

    /// <summary>People who report and handle, spread over the grids of the district.</summary>
    public int Crew { get; init; } = 400;

    public override double RateMax => 10_000;

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        if (Callers is < 0 or > CallersMax)
        {
            yield return $"--callers is {Callers}; it has to be 0-{CallersMax}";
        }

        if (Crew is < 1 or > CrewMax)
        {
            yield return $"--crew is {Crew}; it has to be 1-{CrewMax}";
        }
    }
}
