using GridMesh.Load.Running;

namespace GridMesh.Load.Open311;

/// <summary>What <c>open311</c> is asked to do. The rate is that of reports.</summary>
internal sealed record RequestOptions : RunOptions
{
    public const double ReadsMax = 1_000;

    public RequestOptions() => Rate = 50;

    /// <summary>Lists and single requests that are read a second, half of each.</summary>
    public double Reads { get; init; } = 20;

    public override double RateMax => 1_000;

    public override TimeSpan DurationMax => TimeSpan.FromMinutes(10);

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        if (OwnSiloProblem("open311") is { } problemOfUrl)
        {
            yield return problemOfUrl;
        }

        if (Data is not null)
        {
            yield return "open311 makes a store of its own, so --data does not go with it";
        }

        if (!(Reads > 0 && Reads <= ReadsMax))
        {
            yield return $"--reads is {Reads}; it has to be more than 0 and at most {ReadsMax} a second";
        }
    }
}
