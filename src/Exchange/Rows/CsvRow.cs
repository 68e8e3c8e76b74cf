using System.Globalization;
using CsvHelper;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Letters;

namespace GridMesh.Exchange.Rows;

/// <summary>
/// Reads the fields of the current row and reports each that is wrong; it then answers a default, and the row as a
/// whole counts as failed.
/// </summary>
internal sealed class CsvRow(CsvReader csv, string file, ProblemList problems)
{
    private static readonly string[] s_times = ["HH:mm", "HH:mm:ss", "HH:mm:ss.fffffff", "H:mm"];

    public int Line { get; private set; }

    public bool Failed { get; private set; }

    public void Next() => (Line, Failed) = (csv.Parser.RawRow, false);

    public void Fail(string field, string zh, string en)
    {
        Failed = true;
        problems.Add(file, Line, field, zh, en);
    }

    public string Raw(string field)
    {
        var text = csv.GetField(field) ?? "";
        if (!WholeText.Is(text))
            Fail(field, "不得含有空字符或残缺字符", WholeText.Words);

        return text;
    }

    /// <summary>1 to <paramref name="max"/> characters.</summary>
    public string Text(string field, int max = ExchangeLimits.NameMax)
    {
        var text = Raw(field);
        if (string.IsNullOrWhiteSpace(text) || text.Length > max)
            Fail(field, $"须为 1-{max} 个字符", $"has to be 1-{max} characters");

        return text;
    }

    /// <summary>Letters, digits and what <paramref name="also"/> names.</summary>
    public string Id(string field, int max, string also)
    {
        var text = Raw(field);
        if (text.Length is 0 || text.Length > max || text.Any(c => !char.IsAsciiLetterOrDigit(c) && !also.Contains(c)))
            Fail(field, $"须为 1-{max} 个字母、数字或 {also}", $"has to be 1-{max} letters, digits or {also}");

        return text;
    }

    /// <summary>Empty, or an id.</summary>
    public string? OptionalId(string field, int max, string also) =>
        Raw(field).Length == 0 ? null : Id(field, max, also);

    /// <summary>At most <paramref name="max"/> characters; null where it is empty or the column is absent.</summary>
    public string? OptionalText(string field, int max)
    {
        var text = Raw(field);
        if (text.Length > max)
            Fail(field, $"最多 {max} 个字符", $"has to be at most {max} characters");

        return text.Length == 0 ? null : text;
    }

    public int Int(string field, int least, int most)
    {
        if (!int.TryParse(Raw(field), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            || value < least || value > most)
        {
            Fail(field, $"须为 {least}-{most} 的整数", $"has to be a whole number, {least}-{most}");
        }

        return value;
    }

    public T Enum<T>(string field)
        where T : struct, Enum => One<T>(field, Raw(field));

    public T? OptionalEnum<T>(string field)
        where T : struct, Enum => Raw(field) is { Length: > 0 } text ? One<T>(field, text) : null;

    /// <summary>Separated by semicolons; empty means all.</summary>
    public ImmutableArray<Line> Lines(string field)
    {
        if (Raw(field) is not { Length: > 0 } text)
            return [];

        var lines = text.Split(';').Select(part => One<Line>(field, part)).ToImmutableArray();
        if (lines.Distinct().Count() != lines.Length)
            Fail(field, "条线重复", "names a line twice");

        return lines;
    }

    public AreaCode Area(string field)
    {
        if (!AreaCode.TryParse(Raw(field), out var code, out var reason))
            Fail(field, "区域编码格式错误", reason);

        return code;
    }

    public BuildingCode? Building(string field, bool required)
    {
        var text = Raw(field);
        if (text.Length == 0 && !required)
            return null;

        if (!BuildingCode.TryParse(text, out var code, out var reason))
            Fail(field, "楼栋编码格式错误", reason);

        return code;
    }

    /// <summary>From the columns <c>lng</c> and <c>lat</c>.</summary>
    public GeoPoint Point()
    {
        var point = new GeoPoint(Degrees("lng"), Degrees("lat"));
        if (!point.IsValid)
            Fail("lng,lat", "经纬度超出范围或缺失", "are missing or not degrees of longitude and latitude");

        return point;
    }

    public TimeOnly Time(string field)
    {
        if (!TimeOnly.TryParseExact(
            Raw(field), s_times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            Fail(field, "须为 HH:mm 格式的时间", "has to be a time as HH:mm");
        }

        return time;
    }

    public DateOnly Date(string field)
    {
        if (!DateOnly.TryParseExact(
            Raw(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || date.Year is < ExchangeLimits.YearMin or > ExchangeLimits.YearMax)
        {
            Fail(field, "须为 yyyy-MM-dd 格式的日期", "has to be a date as yyyy-MM-dd");
        }

        return date;
    }

    public bool Bool(string field)
    {
        if (!bool.TryParse(Raw(field), out var value))
            Fail(field, "须为 true 或 false", "has to be true or false");

        return value;
    }

    private double Degrees(string field) =>
        double.TryParse(Raw(field), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : double.NaN;

    private T One<T>(string field, string text)
        where T : struct, Enum
    {
        if (EnumName.TryParse<T>(text, out var value, ignoreCase: true))
            return value;

        var names = EnumName.All<T>();
        var shown = WholeText.Shorten(text);
        Fail(field, $"“{shown}”不在取值范围内：{names}", $"'{shown}' is none of {names}");
        return default;
    }
}
