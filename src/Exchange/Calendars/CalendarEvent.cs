using System.Globalization;
using GridMesh.Contracts.Directory;
using GridMesh.Exchange.Rows;

namespace GridMesh.Exchange.Calendars;

/// <summary>One VEVENT: its lines as they come, and the days that they make when it ends.</summary>
/// <param name="line">Where it begins.</param>
/// <param name="fail">Takes line, property and what is wrong in both languages.</param>
internal sealed class CalendarEvent(int line, Action<int, string, string, string> fail)
{
    private static readonly string[] s_repeats = ["RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID"];

    private static readonly string[] s_zones = ["Asia/Shanghai", "Asia/Chongqing", "PRC", "China Standard Time"];

    private static readonly string[] s_single = ["DTSTART", "DTEND", "DURATION", "SUMMARY"];

    private readonly Dictionary<string, ContentLine> _lines = [];
    private bool _failed;

    public void Take(ContentLine content)
    {
        if (s_repeats.Contains(content.Name))
        {
            Fail(content.Line, content.Name, "不接受重复规则，请逐年列出", "repeats are not taken: name the days year by year");
        }
        else if (!_lines.TryAdd(content.Name, content) && s_single.Contains(content.Name))
        {
            Fail(content.Line, content.Name, "重复出现", "comes twice");
        }
    }

    /// <summary>Empty where something is wrong, or the event is cancelled.</summary>
    public IEnumerable<Located<CalendarDay>> Days()
    {
        if (_lines.GetValueOrDefault("STATUS")?.Value.Equals("CANCELLED", StringComparison.OrdinalIgnoreCase) == true)
        {
            return [];
        }

        var start = Start();
        var days = Length(start);
        var summary = ContentLine.Unescape(Value("SUMMARY") ?? "");
        var name = DayKind.NameOf(summary);
        var isWorkday = DayKind.IsWorkday(Value("X-APPLE-SPECIAL-DAY"), Value("CATEGORIES"), summary);
        if (name.Length is 0 or > ExchangeLimits.NameMax)
        {
            Fail(LineOf("SUMMARY"), "SUMMARY", $"须为 1-{ExchangeLimits.NameMax} 个字符",
                $"has to be 1-{ExchangeLimits.NameMax} characters");
        }

        if (isWorkday is null)
        {
            Fail(LineOf("SUMMARY"), "SUMMARY", "看不出是休还是班：用 CATEGORIES 或“（休）”“（班）”注明",
                "says neither holiday nor working day, or both: mark it by CATEGORIES, or by （休） or （班）");
        }

        return _failed ? [] : Enumerable.Range(0, days).Select(day =>
            new Located<CalendarDay>(LineOf("DTSTART"), new CalendarDay(start.AddDays(day), isWorkday!.Value, name)));
    }

    private DateOnly Start()
    {
        if (_lines.TryGetValue("DTSTART", out var start))
        {
            return Date(start);
        }

        Fail(line, "DTSTART", "缺少开始日期", "is missing");
        return default;
    }

    private int Length(DateOnly start)
    {
        var days = 1;
        if (_lines.TryGetValue("DTEND", out var end))
        {
            days = Date(end).DayNumber - start.DayNumber;
        }
        else if (_lines.TryGetValue("DURATION", out var duration))
        {
            var text = duration.Value.Trim();
            var isDays = text.StartsWith('P') && text.EndsWith('D');
            days = isDays && int.TryParse(
                text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
                ? given
                : 0;
        }

        if (!_failed && days is < 1 or > ExchangeLimits.EventDaysMax)
        {
            var property = _lines.ContainsKey("DURATION") ? "DURATION" : "DTEND";
            Fail(LineOf(property), property, $"须为 1-{ExchangeLimits.EventDaysMax} 天（结束日期不含当天）",
                $"has to make 1-{ExchangeLimits.EventDaysMax} days; the end is the day after the last");
        }

        return days;
    }

    /// <summary>A date, or midnight in China.</summary>
    private DateOnly Date(ContentLine content)
    {
        var text = content.Value.Trim();
        var isDate = content.Parameters.GetValueOrDefault("VALUE", text.Length == 8 ? "DATE" : "DATE-TIME") == "DATE";
        if (content.Parameters.TryGetValue("TZID", out var zone) && !s_zones.Contains(zone.TrimStart('/')))
        {
            Fail(content.Line, content.Name, $"时区 {zone} 不是中国时间", $"the time zone {zone} is not China's");
        }

        if (!DateOnly.TryParseExact(
            text, isDate ? "yyyyMMdd" : "yyyyMMdd'T000000'", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var date) || date.Year is < ExchangeLimits.YearMin or > ExchangeLimits.YearMax)
        {
            Fail(content.Line, content.Name, "须为整天：yyyyMMdd，或北京时间零点",
                "has to be a whole day: yyyyMMdd, or midnight in China without Z");
        }

        return date;
    }

    private string? Value(string name) => _lines.GetValueOrDefault(name)?.Value;

    private int LineOf(string name) => _lines.GetValueOrDefault(name)?.Line ?? line;

    private void Fail(int at, string property, string zh, string en)
    {
        _failed = true;
        fail(at, property, zh, en);
    }
}
