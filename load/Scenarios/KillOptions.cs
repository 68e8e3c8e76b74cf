using GridMesh.Load.Products;

namespace GridMesh.Load.Scenarios;

/// <summary>What <c>kill</c> is asked to do.</summary>
internal sealed record KillOptions
{
    public const int KillsMax = 1_000;

    public const int ConcurrencyMax = 1_000;

    public int Kills { get; init; } = 20;

    public ProductStorage Storage { get; init; } = ProductStorage.Sqlite;

    /// <summary>Connection string of a PostgreSQL database that belongs to this run.</summary>
    public string? Connection { get; init; }

    /// <summary>Commands in flight at once.</summary>
    public int Concurrency { get; init; } = 64;

    public string Area { get; init; } = "450105";

    public int Seed { get; init; } = 1;

    /// <summary>Everything that is wrong, at once.</summary>
    public IEnumerable<string> Problems()
    {
        if (Kills is < 1 or > KillsMax)
        {
            yield return $"--kills is {Kills}; it has to be 1-{KillsMax}";
        }

        if (Concurrency is < 1 or > ConcurrencyMax)
        {
            yield return $"--concurrency is {Concurrency}; it has to be 1-{ConcurrencyMax}";
        }

        if (Storage == ProductStorage.Postgres && string.IsNullOrEmpty(Connection))
        {
            yield return "--storage postgres needs --connection";
        }

        if (Storage == ProductStorage.Sqlite && Connection is not null)
        {
            yield return "--connection goes with --storage postgres";
        }
    }
}
