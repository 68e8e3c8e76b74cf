using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;

namespace GridMesh.Load.People;

/// <summary>What <c>people</c> is asked to do.</summary>
internal sealed record PeopleOptions : RunOptions
{
    /// <summary>Districts of each step, a million people each, going up.</summary>
    public IReadOnlyList<int> Districts { get; init; } = [1, 2, 5, 10, 20];

    /// <summary>Phones of field workers that watch their own grid, for each district.</summary>
    public int Phones { get; init; } = 20;

    /// <summary>Most phones of one district.</summary>
    public const int PhonesMax = 1_000;

    /// <summary>Goes on after a step whose thresholds are missed, to see how far it bends.</summary>
    public bool GoesOn { get; init; }

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        if (OwnSiloProblem("people") is { } problemOfUrl)
        {
            yield return problemOfUrl;
        }

        if (Districts.Count == 0 || Districts.Any(count => count is < 1 or > SeedOptions.DistrictsMax)
            || Districts.Zip(Districts.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            yield return $"--districts is {string.Join(',', Districts)}; it has to be numbers of 1-{SeedOptions.DistrictsMax} that go up";
        }

        if (Phones is < 0 or > PhonesMax)
        {
            yield return $"--phones is {Phones}; it has to be 0-{PhonesMax}";
        }
    }
}
