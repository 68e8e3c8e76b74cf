using System.Globalization;
using System.Text;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Sheets;

namespace GridMesh.Gateway.Reviews;

/// <summary>
/// The list as one table for a spreadsheet: CSV (RFC 4180), UTF-8 with its mark. The first column says which part of
/// the list a line is of.
/// </summary>
internal static class ReviewSheet
{
    private const string Headings =
        "项目 part,区域 area,类别 category,数量 cases,案件号 id,环节 step,责任人 owner,上报时间 reportedAt,"
        + "时限 dueAt,超期 overdue,未结天数 daysOpen,集中数量 inSpot,经度 lng,纬度 lat\r\n";

    public static IResult Of(ReviewAnswer answer)
    {
        var text = new StringBuilder(Headings);
        foreach (var one in answer.Open.Oldest)
        {
            Line(
                text, "未结 open", one.Grid, one.Category, 1, one.Id, one.Step, one.Owner, Time(one.ReportedAt),
                Time(one.DueAt), one.Overdue ? "是" : "否", one.DaysOpen, null, null, null);
        }

        foreach (var one in answer.Repeats)
        {
            Line(
                text, "反复 repeat", one.Grid, one.Category, one.Cases, null, null, null, null, null, null, null,
                one.InSpot, one.Spot?.Lng, one.Spot?.Lat);
        }

        foreach (var (one, child) in answer.Shared.SelectMany(one => one.Children.Select(child => (one, child))))
        {
            Line(
                text, "共性 shared", child.Code, one.Category, child.Cases, null, null, null, null, null, null, null,
                null, null, null);
        }

        return Sheet.Of(text, "review.csv");
    }

    private static void Line(StringBuilder text, params ReadOnlySpan<object?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(Cell(cells[i]));
        }

        text.Append("\r\n");
    }

    // A spreadsheet takes a text that begins with one of these for a formula; owners and categories are others' words.
    private static string Cell(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (value is string && text.Length > 0 && "=+-@".Contains(text[0], StringComparison.Ordinal))
        {
            text = $"'{text}";
        }

        return text.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    private static string? Time(DateTimeOffset? at) => at is not { } moment ? null
        : Contracts.Clocks.ChinaTime.Local(moment).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
