using GridMesh.Load.Seeding;

namespace GridMesh.Load.Scenarios;

/// <summary>What <c>seed</c> is asked to make, and where it goes.</summary>
internal sealed record SeedOptions
{
    public const int DistrictsMax = 50;

    public const int CasesMax = 10_000_000;

    /// <summary>Days of the year with nothing before them; the calendar of the demo begins a little earlier.</summary>
    public static readonly DateOnly UntilMin = new(2020, 1, 1);

    public static readonly DateOnly UntilMax = new(2099, 12, 31);

    public int Districts { get; init; } = 1;

    /// <summary>Closed cases over all districts; zero makes the districts only.</summary>
    public int Cases { get; init; } = 1_000_000;

    public int Seed { get; init; } = 1;

    /// <summary>The day after the last one on which anything happened; the year before it is filled.</summary>
    public DateOnly Until { get; init; }

    /// <summary>Folder of the SQLite database, and of the tracks with PostgreSQL.</summary>
    public string? Data { get; init; }

    /// <summary>Connection string of a PostgreSQL database; without it SQLite in <see cref="Data"/>.</summary>
    public string? Connection { get; init; }

    /// <summary>Where the package is written and kept; null: in a folder that goes with the run.</summary>
    public string? Package { get; init; }

    /// <summary>Go on with an import that broke off: what is there already has to be of the same seed.</summary>
    public bool Resume { get; init; }

    /// <summary>Everything that is wrong, at once.</summary>
    public IEnumerable<string> Problems()
    {
        if (Districts is < 1 or > DistrictsMax)
        {
            yield return $"--districts is {Districts}; it has to be 1-{DistrictsMax}";
        }

        if (Cases is < 0 or > CasesMax)
        {
            yield return $"--cases is {Cases}; it has to be 0-{CasesMax}";
        }

        if (Seed is < 1 or > 1_000_000)
        {
            yield return $"--seed is {Seed}; it has to be 1-1000000";
        }

        if (Until < UntilMin || Until > UntilMax)
        {
            yield return $"--until is {Until:yyyy-MM-dd}; it has to be {UntilMin:yyyy-MM-dd} to {UntilMax:yyyy-MM-dd}";
        }

        if (string.IsNullOrEmpty(Data))
        {
            yield return "--data is missing; it names the folder that the product is to run on";
        }
    }
}
