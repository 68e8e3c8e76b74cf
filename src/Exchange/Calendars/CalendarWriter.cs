using System.Globalization;
using System.Text;
using GridMesh.Contracts.Directory;

namespace GridMesh.Exchange.Calendars;

/// <summary>
/// Writes the days that differ as an iCalendar: neighbouring days of one name and kind are one event. Ical.Net
/// breaks rare letters where it folds a line (docs/decisions/0019).
/// </summary>
internal sealed class CalendarWriter(Stream stream, DateTimeOffset at)
{
    /// <summary>Our own files are known by it: in them a summary is the name of the day to the letter.</summary>
    public const string ProductId = "-//GridMesh//Calendar//ZH";

    /// <summary>A line has at most 75 bytes before it is folded (§3.1).</summary>
    private const int LineBytesMax = 75;

    public void Write(IEnumerable<CalendarDay> days)
    {
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line($"PRODID:{ProductId}");
        Line("CALSCALE:GREGORIAN");
        var (first, length) = ((CalendarDay?)null, 0);
        foreach (var day in days.OrderBy(day => day.Date))
        {
            if (first is not null && first with { Date = first.Date.AddDays(length) } == day
                && length < ExchangeLimits.EventDaysMax)
            {
                length++;
                continue;
            }

            Event(first, length);
            (first, length) = (day, 1);
        }

        Event(first, length);
        Line("END:VCALENDAR");
    }

    private void Event(CalendarDay? first, int days)
    {
        if (first is null)
            return;

        Line("BEGIN:VEVENT");
        Line($"UID:{Text(first.Date)}@gridmesh");
        Line($"DTSTAMP:{at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
        Line($"DTSTART;VALUE=DATE:{Text(first.Date)}");
        Line($"DTEND;VALUE=DATE:{Text(first.Date.AddDays(days))}");
        Line($"SUMMARY:{Escape(first.Name)}");
        Line($"CATEGORIES:{(first.IsWorkday ? "WORKDAY" : "HOLIDAY")}");
        Line($"X-APPLE-SPECIAL-DAY:{(first.IsWorkday ? "ALTERNATE-WORKDAY" : "WORK-HOLIDAY")}");
        Line("TRANSP:TRANSPARENT");
        Line("END:VEVENT");
    }

    private static string Text(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace(";", "\\;").Replace(",", "\\,")
        .Replace("\r\n", "\\n").Replace("\r", "\\n").Replace("\n", "\\n");

    /// <summary>Folds between letters, never within one.</summary>
    private void Line(string text)
    {
        var bytes = 0;
        foreach (var letter in text.EnumerateRunes())
        {
            if (bytes + letter.Utf8SequenceLength > LineBytesMax)
            {
                stream.Write("\r\n "u8);
                bytes = 1;
            }

            stream.Write(Encoding.UTF8.GetBytes(letter.ToString()));
            bytes += letter.Utf8SequenceLength;
        }

        stream.Write("\r\n"u8);
    }
}
