using GridMesh.Load.Products;

namespace GridMesh.Load.Running;

/// <summary>What every load scenario is asked. A scenario derives its own options and narrows the bounds.</summary>
internal record RunOptions
{
    /// <summary>A product that runs already; null starts one of our own.</summary>
    public Uri? Url { get; init; }

    /// <summary>The process to sample where <see cref="Url"/> is given; it has to be on this machine.</summary>
    public int? ProcessId { get; init; }

    /// <summary>How long to measure.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A second; of what, the scenario says.</summary>
    public double Rate { get; init; } = 5;

    public int Seed { get; init; } = 1;

    public ProductStorage Storage { get; init; } = ProductStorage.Sqlite;

    /// <summary>Connection string of a PostgreSQL database that belongs to this run.</summary>
    public string? Connection { get; init; }

    /// <summary>Folder of a store that <c>seed</c> has filled, which the run goes on with; null: a new one that goes with the run.</summary>
    public string? Data { get; init; }

    public virtual double RateMax => 100_000;

    public virtual TimeSpan DurationMax => TimeSpan.FromHours(1);

    /// <summary>Everything that is wrong, at once.</summary>
    public virtual IEnumerable<string> Problems()
    {
        if (Url is { } url && url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            yield return $"--url is '{url}'; it has to be an address such as http://127.0.0.1:5080";
        }

        if (ProcessId is not null && Url is null)
        {
            yield return "--pid goes with --url; a product of our own is sampled anyway";
        }

        if (!(Rate > 0 && Rate <= RateMax))
        {
            yield return $"--rate is {Rate}; it has to be more than 0 and at most {RateMax} a second";
        }

        if (Duration <= TimeSpan.Zero || Duration > DurationMax)
        {
            yield return $"--duration is {Duration.TotalSeconds} s; it has to be more than 0 and at most {DurationMax.TotalSeconds}";
        }

        foreach (var problem in StorageProblems())
        {
            yield return problem;
        }
    }

    /// <summary>What a scenario says that needs a store of its own making; null where no product was named.</summary>
    protected string? OwnSiloProblem(string scenario) =>
        Url is null ? null : $"{scenario} starts a silo of its own on districts of its own, so --url does not go with it";

    private IEnumerable<string> StorageProblems()
    {
        if (Url is not null && (Storage != ProductStorage.Sqlite || Connection is not null || Data is not null))
        {
            yield return "--storage, --connection and --data are for a product of our own; --url names one that runs already";
        }
        else if (Storage == ProductStorage.Postgres && string.IsNullOrEmpty(Connection))
        {
            yield return "--storage postgres needs --connection";
        }
        else if (Storage == ProductStorage.Sqlite && Connection is not null)
        {
            yield return "--connection goes with --storage postgres";
        }
    }
}
