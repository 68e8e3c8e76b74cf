using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;

namespace GridMesh.Storage.Kpis;

/// <summary>The columns of the two tables of sums: subject, start, then one for each counter.</summary>
internal static class KpiColumns
{
    private const string Hours = "kpi_hours";

    private const string Days = "kpi_days";

    /// <summary>The counters in snake case, in their order.</summary>
    public static readonly string Counters = string.Join(", ", Enum.GetNames<KpiCounter>().Select(Snake));

    /// <summary>The sum of each, zero where there is no row.</summary>
    public static readonly string Sums = string.Join(
        ", ", Counters.Split(", ").Select(column => $"coalesce(sum({column}), 0)"));

    public static readonly string All = $"subject, start, {Counters}";

    public static string Table(KpiPeriod period) => period == KpiPeriod.Hour ? Hours : Days;

    /// <summary>The part of an insert after its values: what is there already is added to.</summary>
    public static string AddOnConflict(string table) =>
        "ON CONFLICT (subject, start) DO UPDATE SET " + string.Join(
            ", ", Counters.Split(", ").Select(column => $"{column} = {table}.{column} + excluded.{column}"));

    private static string Snake(string name) => string.Concat(name.Select((letter, index) =>
        char.IsUpper(letter) ? (index > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}
