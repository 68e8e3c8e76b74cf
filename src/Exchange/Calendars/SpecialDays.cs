using System.Runtime.Serialization;
using GridMesh.Contracts.Directory;
using GridMesh.Exchange.Rows;
using Ical.Net;
using Ical.Net.DataTypes;

namespace GridMesh.Exchange.Calendars;

/// <summary>One VEVENT: its lines as they come, and the days that they make when it ends.</summary>
/// <param name="line">Where it begins.</param>
/// <param name="isOwn">GridMesh wrote the file.</param>
/// <param name="fail">Takes line, property and what is wrong in both languages.</param>
internal sealed class SpecialDays(int line, bool isOwn, Action<int, string, string, string> fail)
{
    private const string Special = "X-APPLE-SPECIAL-DAY";

    private static readonly string[] s_repeats = ["RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID"];

    private static readonly string[] s_zones = ["Asia/Shanghai", "Asia/Chongqing", "PRC", "China Standard Time"];

    private static readonly string[] s_single = ["DTSTART", "DTEND", "DURATION", "SUMMARY"];

    /// <summary>Nothing else of an event is looked at.</summary>
    private static readonly string[] s_read = [.. s_single, "CATEGORIES", "STATUS", Special];

    private readonly CalendarPropertyList _properties = new();
    private readonly Dictionary<string, int> _lines = [];
    private bool _failed;

    public void Take(CalendarLine content)
    {
        if (s_repeats.Contains(content.Name))
        {
            Fail(content.Number, content.Name, "不接受重复规则，请逐年列出", "repeats are not taken: name the days year by year");
        }
        else if (s_read.Contains(content.Name))
        {
            if (!_lines.TryAdd(content.Name, content.Number) && s_single.Contains(content.Name))
            {
                Fail(content.Number, content.Name, "重复出现", "comes twice");
                return;
            }

            Parse(content);
        }
    }

    /// <summary>Empty where something is wrong, or the event is cancelled.</summary>
    public IEnumerable<Located<CalendarDay>> Days()
    {
        if (Text("STATUS").Trim().Equals(EventStatus.Cancelled, StringComparison.OrdinalIgnoreCase))
            return [];

        var start = Start();
        var days = Length(start);
        var categories = _properties.GetMany<string>("CATEGORIES");
        var (isWorkday, name) = DayKind.Of(Text(Special), categories, Text("SUMMARY"), isOwn);
        if (string.IsNullOrWhiteSpace(name) || name.Length > ExchangeLimits.NameMax)
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

    private void Parse(CalendarLine content)
    {
        try
        {
            _properties.Add(content.Parse());
        }
        catch (SerializationException)
        {
            Fail(content.Number, content.Name, "不是 iCalendar 内容行", "is no line of an iCalendar");
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The property stays without a value, which is told when the event ends.
        }
    }

    private DateOnly Start()
    {
        if (!_lines.ContainsKey("DTSTART"))
        {
            Fail(line, "DTSTART", "缺少开始日期", "is missing");
            return default;
        }

        var start = Date("DTSTART");
        if (!_failed && start.Year is < ExchangeLimits.YearMin or > ExchangeLimits.YearMax)
            FailDate("DTSTART");

        return start;
    }

    private int Length(DateOnly start)
    {
        var days = 1L;
        if (_lines.ContainsKey("DTEND"))
            days = Date("DTEND").DayNumber - start.DayNumber;
        else if (_lines.ContainsKey("DURATION"))
            days = DaysOf(_properties.Get<Duration?>("DURATION") ?? Duration.Zero);

        if (_failed)
            return 0;

        var property = _lines.ContainsKey("DTEND") ? "DTEND" : "DURATION";
        if (days is < 1 or > ExchangeLimits.EventDaysMax)
        {
            Fail(LineOf(property), property, $"须为 1-{ExchangeLimits.EventDaysMax} 天（结束日期不含当天）",
                $"has to make 1-{ExchangeLimits.EventDaysMax} days; the end is the day after the last");
        }
        else if (start.AddDays((int)days - 1).Year > ExchangeLimits.YearMax)
        {
            FailDate(property);
        }

        return (int)days;
    }

    /// <summary>0 where it is not whole days. China has known no day of 23 or 25 hours since 1991.</summary>
    private static long DaysOf(Duration duration)
    {
        const int DaysAWeek = 7;
        const int HoursADay = 24;
        var hours = duration.Hours ?? 0;
        return hours % HoursADay == 0 && duration is { Minutes: null or 0, Seconds: null or 0 }
            ? ((duration.Weeks ?? 0L) * DaysAWeek) + (duration.Days ?? 0) + (hours / HoursADay)
            : 0;
    }

    /// <summary>A date, or midnight in China.</summary>
    private DateOnly Date(string name)
    {
        var date = _properties.Get<CalDateTime>(name);
        if (date is { HasTime: true, IsUtc: false } && ZoneOf(name) is { } zone
            && !s_zones.Contains(zone.TrimStart('/'), StringComparer.OrdinalIgnoreCase))
        {
            Fail(LineOf(name), name, $"时区 {zone} 不是中国时间", $"the time zone {zone} is not China's");
        }
        else if (date is null or { IsUtc: true } || (date.Time ?? TimeOnly.MinValue) != TimeOnly.MinValue)
        {
            FailDate(name);
        }

        return date?.Date ?? default;
    }

    /// <summary>Ical.Net finds the zone where the parameter stands in capitals only.</summary>
    private string? ZoneOf(string name) => _properties[name]?.Parameters
        .FirstOrDefault(parameter => "TZID".Equals(parameter.Name, StringComparison.OrdinalIgnoreCase))?.Value;

    private string Text(string name) => _properties.Get<string>(name) ?? "";

    private int LineOf(string name) => _lines.GetValueOrDefault(name, line);

    private void FailDate(string name) => Fail(
        LineOf(name), name,
        $"须为 {ExchangeLimits.YearMin}-{ExchangeLimits.YearMax} 年的整天：yyyyMMdd，或北京时间零点",
        $"has to be a whole day, {ExchangeLimits.YearMin}-{ExchangeLimits.YearMax}: yyyyMMdd, or midnight in China "
        + "without Z");

    private void Fail(int at, string property, string zh, string en)
    {
        _failed = true;
        fail(at, property, zh, en);
    }
}
