namespace GridMesh.Exchange.Calendars;

/// <summary>
/// Whether an event of a calendar is a holiday or a weekend that is worked. The public calendars of China say it in one
/// of three ways: <c>X-APPLE-SPECIAL-DAY</c> (WORK-HOLIDAY, ALTERNATE-WORKDAY), <c>CATEGORIES</c>, or the summary, as
/// "春节（休）", "班｜国庆节" or "春节 补班 第1天/共2天". 调休 alone says neither: it is used for both.
/// </summary>
internal static class DayKind
{
    /// <summary>Marks stand around a name and are no part of it.</summary>
    private static readonly string[] s_restMarks = ["（休）", "(休)", "休｜", "休|"];

    private static readonly string[] s_workMarks = ["（班）", "(班)", "班｜", "班|"];

    /// <summary>Words are part of the name and count where nothing else says it.</summary>
    private static readonly string[] s_restWords = ["假期", "放假", "休假"];

    private static readonly string[] s_workWords = ["补班", "上班"];

    /// <summary>Of an event; null for a kind where it says neither, or both.</summary>
    /// <param name="isOwn">GridMesh wrote it: the summary is the name to the letter, whatever words are in it.</param>
    public static (bool? IsWorkday, string Name) Of(
        string special, IEnumerable<string> categories, string summary, bool isOwn)
    {
        bool?[] named = [OfSpecial(special), .. categories.Select(OfCategory)];
        if (isOwn && Agreed(named) is { } own)
            return (own, summary);

        bool?[] marked = [.. named, .. Said(summary, s_restMarks, s_workMarks)];
        var isMarked = marked.Any(said => said is not null);
        return (Agreed(isMarked ? marked : Said(summary, s_restWords, s_workWords)), NameOf(summary));
    }

    private static bool? Agreed(IEnumerable<bool?> said) =>
        said.OfType<bool>().Distinct().ToArray() is [var one] ? one : null;

    private static bool?[] Said(string summary, string[] rest, string[] work) =>
        [rest.Any(summary.Contains) ? false : null, work.Any(summary.Contains) ? true : null];

    private static string NameOf(string summary) =>
        s_restMarks.Concat(s_workMarks).Aggregate(summary, (name, mark) => name.Replace(mark, "")).Trim();

    private static bool? OfSpecial(string special) => special.Trim().ToUpperInvariant() switch
    {
        "WORK-HOLIDAY" => false,
        "ALTERNATE-WORKDAY" => true,
        _ => null,
    };

    private static bool? OfCategory(string category) => category.Trim().ToUpperInvariant() switch
    {
        "HOLIDAY" or "HOLIDAYS" or "休" or "假期" or "节假日" or "法定节假日" => false,
        "WORKDAY" or "班" or "补班" or "调休上班" => true,
        _ => null,
    };
}
