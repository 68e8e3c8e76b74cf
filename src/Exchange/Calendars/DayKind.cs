namespace GridMesh.Exchange.Calendars;

/// <summary>
/// Whether an event of a calendar is a holiday or a weekend that is worked. The public calendars of China say it in one
/// of three ways: <c>X-APPLE-SPECIAL-DAY</c> (WORK-HOLIDAY, ALTERNATE-WORKDAY), <c>CATEGORIES</c>, or the summary, as
/// "春节（休）", "班｜国庆节" or "春节 补班 第1天/共2天". 调休 alone says neither: it is used for both.
/// </summary>
internal static class DayKind
{
    private static readonly string[] s_rest = ["（休）", "(休)", "休｜", "休|", "假期", "放假", "休假"];

    private static readonly string[] s_work = ["（班）", "(班)", "班｜", "班|", "补班", "上班"];

    /// <summary>Marks that stand around a name and are no part of it.</summary>
    private static readonly string[] s_marks = [.. s_rest[..4], .. s_work[..4]];

    /// <summary>True for a working day; null where it says neither, or both.</summary>
    public static bool? IsWorkday(string? special, string? categories, string summary)
    {
        bool?[] said =
        [
            special?.Trim().ToUpperInvariant() switch
            {
                "WORK-HOLIDAY" => false,
                "ALTERNATE-WORKDAY" => true,
                _ => null,
            },
            .. (categories ?? "").Split(',').Select(OfCategory),
            s_rest.Any(summary.Contains) ? false : null,
            s_work.Any(summary.Contains) ? true : null,
        ];
        var distinct = said.OfType<bool>().Distinct().ToArray();
        return distinct.Length == 1 ? distinct[0] : null;
    }

    public static string NameOf(string summary) =>
        s_marks.Aggregate(summary, (name, mark) => name.Replace(mark, "")).Trim();

    private static bool? OfCategory(string category) => category.Trim().ToUpperInvariant() switch
    {
        "HOLIDAY" or "HOLIDAYS" or "休" or "假期" or "节假日" or "法定节假日" => false,
        "WORKDAY" or "班" or "补班" or "调休上班" => true,
        _ => null,
    };
}
