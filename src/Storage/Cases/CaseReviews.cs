using System.Data.Common;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Cases;

/// <summary>
/// Counts a review in the database. What is open comes from the index of open cases, which the closed ones of years are
/// not in; what was reported comes from the index of the area's digits and the time of report.
/// </summary>
internal sealed class CaseReviews(Database database) : ICaseReview
{
    /// <summary>
    /// Spots to a degree: a thousandth of one is 111 m from south to north, in China 70 to 105 m across.
    /// </summary>
    public const int SpotsPerDegree = 1_000;

    private const int WeekDays = 7;
    private const int FortnightDays = 15;
    private const int MonthDays = 30;

    public async ValueTask<CaseReview> ReadAsync(ReviewQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan((int)query.Area.Tier, (int)Tier.District);
        var parameters = Parameters(query);
        return new CaseReview(
            await database.ListAsync(OpenSql(query), ReadOpen, cancellation, parameters),
            await database.ListAsync(OldestSql(query), CaseRows.Read, cancellation, parameters),
            await database.ListAsync(ReportedSql(query), ReadRepeat, cancellation, parameters));
    }

    public static (string, object?)[] Parameters(ReviewQuery query) =>
    [
        ("area", query.Area.Value), ("from", query.From.UtcTicks), ("to", query.To.UtcTicks),
        ("week", Since(query, WeekDays)), ("fortnight", Since(query, FortnightDays)),
        ("month", Since(query, MonthDays)),
    ];

    /// <summary>Grouped by a wording of the category that its index, with every closed case, does not fit.</summary>
    public static string OpenSql(ReviewQuery query) =>
        $"""
        SELECT category || '' AS name,
            count(CASE WHEN reported_at > @week THEN 1 END),
            count(CASE WHEN reported_at > @fortnight AND reported_at <= @week THEN 1 END),
            count(CASE WHEN reported_at > @month AND reported_at <= @fortnight THEN 1 END),
            count(CASE WHEN reported_at <= @month THEN 1 END)
        FROM cases WHERE {OpenCondition(query)} GROUP BY 1 ORDER BY 1
        """;

    public static string OldestSql(ReviewQuery query) =>
        $"SELECT {CaseRows.Columns} FROM cases WHERE {OpenCondition(query)}"
        + $" ORDER BY {OpenTime(query)}, number LIMIT {ICaseReview.OldestMax}";

    /// <summary>Counted by spot first, then the fullest spot of each grid and category is kept.</summary>
    public static string ReportedSql(ReviewQuery query) =>
        $"""
        SELECT grid, category, total, cases, x, y FROM (
            SELECT grid, category, cases, x, y,
                CAST(sum(cases) OVER (PARTITION BY grid, category) AS bigint) AS total,
                row_number() OVER (
                    PARTITION BY grid, category
                    ORDER BY CASE WHEN x IS NULL THEN 0 ELSE cases END DESC, x, y) AS place
            FROM (
                SELECT substr(number, 1, 15) AS grid, category, count(*) AS cases,
                    CAST(round(lng * {SpotsPerDegree}) AS bigint) AS x,
                    CAST(round(lat * {SpotsPerDegree}) AS bigint) AS y
                FROM cases
                WHERE substr(number, 1, {query.Area.Value.Length}) = @area
                    AND reported_at >= @from AND reported_at < @to{OfLines(query)}
                GROUP BY 1, 2, 4, 5) AS spots) AS ranked
        WHERE place = 1 ORDER BY grid, category
        """;

    // A grid has few cases beside those of its district; above it few are open beside the closed ones. Worded there so
    // that no index on the area fits: without statistics SQLite would go through the whole area.
    private static string OpenCondition(ReviewQuery query)
    {
        var digits = $"substr(number, 1, {query.Area.Value.Length})";
        return query.Area.Tier == Tier.Grid
            ? $"{digits} = @area AND closed_day = 0 AND {OpenTime(query)} < @to{OfLines(query)}"
            : $"({digits} || '') = @area AND closed_day = 0 AND {OpenTime(query)} < @to{OfLines(query)}";
    }

    /// <summary>In a grid worded so that the index by time, with all its closed cases, does not fit.</summary>
    private static string OpenTime(ReviewQuery query) =>
        query.Area.Tier == Tier.Grid ? "(reported_at + 0)" : "reported_at";

    private static string OfLines(ReviewQuery query) =>
        (query.Line is { } line ? $" AND {CaseSearch.LinesCondition([line])}" : "")
        + (query.Lines.IsDefaultOrEmpty ? "" : $" AND {CaseSearch.LinesCondition(query.Lines)}");

    /// <summary>Reports after this have been open for at most so many whole days.</summary>
    private static long Since(ReviewQuery query, int days) => query.Now.AddDays(-days - 1).UtcTicks;

    private static OpenCount ReadOpen(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));

    private static RepeatCount ReadRepeat(DbDataReader row) => row.IsDBNull(4) || row.IsDBNull(5)
        ? new RepeatCount(AreaCode.Parse(row.GetString(0)), row.GetString(1), row.GetInt64(2), 0, null)
        : new RepeatCount(
            AreaCode.Parse(row.GetString(0)), row.GetString(1), row.GetInt64(2), row.GetInt64(3),
            new GeoPoint(row.GetInt64(4) / (double)SpotsPerDegree, row.GetInt64(5) / (double)SpotsPerDegree));
}
