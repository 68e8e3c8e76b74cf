using GridMesh.Contracts.Patrols;
using GridMesh.Load.Running;

namespace GridMesh.Load.Patrols;

/// <summary>What <c>patrols</c> is asked to do. The duration is the time in which the rounds are walked; the rate follows.</summary>
internal sealed record PatrolOptions : RunOptions
{
    /// <summary>A plan in each grid of the district, less a few that are too small.</summary>
    public const int PlansMax = 400;

    public const int CheckpointsMax = 20;

    public static readonly TimeSpan DurationMin = TimeSpan.FromSeconds(10);

    /// <summary>Plans, each in a grid of its own with a worker of its own.</summary>
    public int Plans { get; init; } = PlansMax;

    /// <summary>Places of a plan; a small grid has fewer.</summary>
    public int Checkpoints { get; init; } = 10;

    /// <summary>Percent of the checkpoints that nobody comes to.</summary>
    public int Missed { get; init; } = 10;

    /// <summary>Percent of the others that are scanned, not walked into.</summary>
    public int Codes { get; init; } = 20;

    public override TimeSpan DurationMax => TimeSpan.FromMinutes(20);

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        if (OwnSiloProblem("patrols") is { } problemOfUrl)
        {
            yield return problemOfUrl;
        }

        if (Data is not null)
        {
            yield return "patrols makes a store of its own, so --data does not go with it";
        }

        if (Duration < DurationMin && Duration > TimeSpan.Zero)
        {
            yield return $"--duration is {Duration.TotalSeconds} s; it has to be at least {DurationMin.TotalSeconds}";
        }

        foreach (var (name, value, least, most) in Numbers())
        {
            if (value < least || value > most)
            {
                yield return $"{name} is {value}; it has to be {least}-{most}";
            }
        }
    }

    private (string Name, int Value, int Least, int Most)[] Numbers() =>
    [
        ("--plans", Plans, 1, PlansMax),
        ("--checkpoints", Checkpoints, 2, Math.Min(CheckpointsMax, PatrolPlan.CheckpointsMax)),
        ("--missed", Missed, 0, 90),
        ("--codes", Codes, 0, 100),
    ];
}
