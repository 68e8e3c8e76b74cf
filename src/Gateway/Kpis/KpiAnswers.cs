using GridMesh.Contracts.Codes;

namespace GridMesh.Gateway.Kpis;

/// <summary>The sums of a span and what follows from them.</summary>
internal sealed record KpiSum(KpiCounts Counts, KpiRates Rates)
{
    public static KpiSum Of(KpiFigures figures) => new(figures.Counts, figures.Rates);
}

/// <param name="Start">Where the hour, day or month begins.</param>
internal sealed record KpiPart(DateTimeOffset Start, KpiCounts Counts, KpiRates Rates);

/// <summary>Indices of a subject over a span, the end excluded.</summary>
/// <param name="Before">环比: the span before; null where its hours are no longer kept.</param>
/// <param name="YearBefore">同比: the same span a year earlier; null likewise.</param>
internal sealed record KpiAnswer(
    string Subject, KpiStep By, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<KpiPart> Items, KpiSum Total,
    KpiSum? Before, KpiSum? YearBefore);

internal sealed record KpiChild(AreaCode Code, string Name, KpiCounts Counts, KpiRates Rates);

/// <summary>Indices of the areas below one.</summary>
internal sealed record KpiComparison(
    AreaCode Area, KpiStep By, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<KpiChild> Items, string? Next);
