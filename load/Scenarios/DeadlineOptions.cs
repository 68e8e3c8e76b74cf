using GridMesh.Load.Products;

namespace GridMesh.Load.Scenarios;

/// <summary>What <c>deadlines</c> is asked to do.</summary>
internal sealed record DeadlineOptions
{
    public const int CasesMax = 1_000_000;

    public const int SpanMax = 3_600;

    public const int LeadMax = 3_600;

    /// <summary>Cases that fall due.</summary>
    public int Cases { get; init; } = 100_000;

    /// <summary>Within so many seconds.</summary>
    public int Span { get; init; } = 60;

    /// <summary>Seconds from now until the first: for the import and the start.</summary>
    public int Lead { get; init; } = 60;

    /// <summary>Kill -9 in the middle of it, and start again at once.</summary>
    public bool Kill { get; init; }

    public int Seed { get; init; } = 1;

    public ProductStorage Storage { get; init; } = ProductStorage.Sqlite;

    public string? Connection { get; init; }

    public IEnumerable<string> Problems()
    {
        if (Cases is < 1 or > CasesMax)
        {
            yield return $"--cases is {Cases}; it has to be 1-{CasesMax}";
        }

        if (Span is < 1 or > SpanMax)
        {
            yield return $"--span is {Span}; it has to be 1-{SpanMax} seconds";
        }

        if (Lead is < 1 or > LeadMax)
        {
            yield return $"--lead is {Lead}; it has to be 1-{LeadMax} seconds";
        }

        if (Storage == ProductStorage.Postgres != (Connection is not null))
        {
            yield return "--storage postgres and --connection go together";
        }
    }
}
