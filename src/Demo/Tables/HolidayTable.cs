using GridMesh.Contracts.Directory;

namespace GridMesh.Demo.Tables;

/// <summary>
/// China's public holidays and moved working days (调休). 2026: after the State Council's arrangement of November 2025,
/// written from memory and unchecked. 2027: only the thirteen days that the law names, on dates that the calendar
/// gives; the arrangement with its moved working days comes out in November 2026 and is to be imported then. Guangxi's
/// own holiday (三月三) is not in it.
/// </summary>
internal static class HolidayTable
{
    private const string Rows = """
        2026-01-01 3 元旦
        2026-01-04 W 元旦调休
        2026-02-14 W 春节调休
        2026-02-15 9 春节
        2026-02-28 W 春节调休
        2026-04-04 3 清明节
        2026-05-01 5 劳动节
        2026-05-09 W 劳动节调休
        2026-06-19 3 端午节
        2026-09-20 W 国庆节调休
        2026-09-25 3 中秋节
        2026-10-01 7 国庆节
        2026-10-10 W 国庆节调休
        2027-01-01 1 元旦
        2027-02-05 4 春节
        2027-04-05 1 清明节
        2027-05-01 2 劳动节
        2027-06-09 1 端午节
        2027-09-15 1 中秋节
        2027-10-01 3 国庆节
        """;

    public static ImmutableArray<CalendarDay> All { get; } = [.. Rows.Split('\n').SelectMany(Parse)];

    /// <summary>A row is a date, then W for a worked weekend or the number of days off, then the name.</summary>
    private static IEnumerable<CalendarDay> Parse(string row)
    {
        var cells = row.Split(' ');
        var date = DateOnly.ParseExact(cells[0], "yyyy-MM-dd");
        return cells[1] == "W"
            ? [new CalendarDay(date, true, cells[2])]
            : Enumerable.Range(0, int.Parse(cells[1])).Select(i => new CalendarDay(date.AddDays(i), false, cells[2]));
    }
}
