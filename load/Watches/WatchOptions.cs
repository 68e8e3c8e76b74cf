using GridMesh.Load.Running;

namespace GridMesh.Load.Watches;

/// <summary>What <c>watches</c> is asked to do. The rate is that of door events, the duration that of each part.</summary>
internal sealed record WatchOptions : RunOptions
{
    /// <summary>Ten for each building of the district: far below the bound of a grid.</summary>
    public const int WatchesMax = 200_000;

    public const int DueMax = 10_000;

    public const int LeadMax = 600;

    public WatchOptions() => (Rate, Duration) = (60, TimeSpan.FromSeconds(60));

    /// <summary>Watched households of which nothing is due.</summary>
    public int Watches { get; init; } = 50_000;

    /// <summary>Households whose window ends in the minute after: half of them are heard of before.</summary>
    public int Due { get; init; } = 1_000;

    /// <summary>Seconds besides the measured part until the first window ends: for the import and the start.</summary>
    public int Lead { get; init; } = 60;

    public override double RateMax => 2_000;

    public override TimeSpan DurationMax => TimeSpan.FromMinutes(10);

    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        if (OwnSiloProblem("watches") is { } problemOfUrl)
        {
            yield return problemOfUrl;
        }

        if (Data is not null)
        {
            yield return "watches makes a store of its own, so --data does not go with it";
        }

        if (Connection is not null)
        {
            yield return "watches compares two stores in one run, so it runs on SQLite; --connection names one database";
        }

        if (Watches is < 1 or > WatchesMax)
        {
            yield return $"--watches is {Watches}; it has to be 1-{WatchesMax}";
        }

        if (Due is < 2 or > DueMax)
        {
            yield return $"--due is {Due}; it has to be 2-{DueMax}";
        }

        if (Lead is < 1 or > LeadMax)
        {
            yield return $"--lead is {Lead}; it has to be 1-{LeadMax} seconds";
        }
    }
}
