using GridMesh.Load.Running;

namespace GridMesh.Load.Districts;

/// <summary>What <c>district</c> and <c>soak</c> are asked to do.</summary>
internal sealed record DistrictOptions : RunOptions
{
    private static readonly TimeSpan s_dayMin = TimeSpan.FromMinutes(1);

    public const int PhonesMax = 1_000;

    /// <summary>What the scenario is called in messages.</summary>
    public required string Scenario { get; init; }

    /// <summary>Phones of field workers that watch their own grid.</summary>
    public int Phones { get; init; } = 40;

    public override TimeSpan DurationMax => TimeSpan.FromDays(1);

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        if (OwnSiloProblem(Scenario) is { } problemOfUrl)
        {
            yield return problemOfUrl;
        }

        if (Duration > TimeSpan.Zero && Duration < s_dayMin)
        {
            yield return $"--duration is {Duration.TotalSeconds} s; {Scenario} needs at least {s_dayMin.TotalSeconds}";
        }

        if (Phones is < 0 or > PhonesMax)
        {
            yield return $"--phones is {Phones}; it has to be 0-{PhonesMax}";
        }
    }
}
