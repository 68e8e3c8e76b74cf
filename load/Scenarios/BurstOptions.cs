using GridMesh.Load.Running;

namespace GridMesh.Load.Scenarios;

/// <summary>What <c>burst</c> is asked to do. Rate and duration follow from the shape.</summary>
internal sealed record BurstOptions : RunOptions
{
    public const int TimesMax = 100;

    /// <summary>Long enough for five seconds to settle and some to look at.</summary>
    public const int StepSecondsMin = 8;

    public const int StepSecondsMax = 600;

    public string Area { get; init; } = "450105";

    /// <summary>How many times the rates of the shape.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How long each of the eight steps is.</summary>
    public int StepSeconds { get; init; } = 10;

    public int Crew { get; init; } = 400;

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        if (Times is < 1 or > TimesMax)
        {
            yield return $"--times is {Times}; it has to be 1-{TimesMax}";
        }

        if (StepSeconds is < StepSecondsMin or > StepSecondsMax)
        {
            yield return $"--step is {StepSeconds} s; it has to be {StepSecondsMin}-{StepSecondsMax}";
        }

        if (Crew is < 1 or > LifecycleOptions.CrewMax)
        {
            yield return $"--crew is {Crew}; it has to be 1-{LifecycleOptions.CrewMax}";
        }
    }
}
