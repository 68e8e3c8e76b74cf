using GridMesh.Contracts.Directory;
using GridMesh.Exchange.Packages;
using GridMesh.Exchange.Rows;

namespace GridMesh.Exchange.Calendars;

/// <summary>
/// Holidays and moved working days as an iCalendar (RFC 5545): each event is a range of whole days. The reader takes
/// what a table of days can hold and refuses the rest by line, above all repetitions.
/// </summary>
internal static class CalendarFile
{
    /// <summary>The calendar of a package, as a table or as an iCalendar.</summary>
    public static List<Located<CalendarDay>> ReadFrom(PackageReader package, ProblemList problems)
    {
        try
        {
            using var stream = package.Find(PackageFiles.ICalendar, ExchangeLimits.CalendarBytesMax);
            if (stream is null)
                return DirectoryTables.Calendar.ReadFrom(package, problems);

            using var table = package.Find(PackageFiles.Calendar);
            if (table is null)
                return ReadFrom(stream, problems);

            problems.Add(
                PackageFiles.ICalendar, 0, "", $"不能与 {PackageFiles.Calendar} 并存",
                $"cannot stand beside {PackageFiles.Calendar}");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            problems.Add(PackageFiles.ICalendar, 0, "", "文件无法读取", e.Message);
        }

        return [];
    }

    /// <exception cref="IOException">The stream broke off, or holds more than a file may.</exception>
    public static List<Located<CalendarDay>> ReadFrom(Stream stream, ProblemList problems)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var lines = CalendarLine.ReadAll(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), problems);
        return lines is null ? [] : DaysOf(lines, problems);
    }

    private static List<Located<CalendarDay>> DaysOf(IReadOnlyList<CalendarLine> lines, ProblemList problems)
    {
        var rows = new List<Located<CalendarDay>>();
        var open = new Stack<string>();
        var (hasCalendar, isOwn, one) = (false, false, (SpecialDays?)null);
        foreach (var line in lines)
        {
            var part = line.Value.ToUpperInvariant();
            switch (line.Name)
            {
                case "":
                    Fail(line.Number, "", "不是 iCalendar 内容行", "is no line of an iCalendar");
                    break;
                case "BEGIN":
                    hasCalendar |= part == "VCALENDAR";
                    open.Push(part);
                    one = part == "VEVENT" ? new SpecialDays(line.Number, isOwn, Fail) : one;
                    break;
                case "END" when open.Count == 0 || open.Pop() != part:
                    Fail(line.Number, "END", "与 BEGIN 不对应", "has no BEGIN of its own");
                    return rows;
                case "END" when part == "VEVENT" && !Add(one!.Days(), line.Number):
                    return rows;
                case "PRODID" when open.Count == 1:
                    isOwn = line.Value == CalendarWriter.ProductId;
                    break;
                case not "END" when open.TryPeek(out var inner) && inner == "VEVENT":
                    one!.Take(line);
                    break;
            }
        }

        if (!hasCalendar || open.Count > 0)
            Fail(lines.Count > 0 ? lines[^1].Number : 0, "", "不是完整的 VCALENDAR", "is no whole VCALENDAR");

        return rows;

        bool Add(IEnumerable<Located<CalendarDay>> days, int at)
        {
            rows.AddRange(days);
            if (rows.Count > ExchangeLimits.CalendarDaysMax)
            {
                Fail(at, "", $"超过 {ExchangeLimits.CalendarDaysMax} 天",
                    $"has more than {ExchangeLimits.CalendarDaysMax} days");
                return false;
            }

            return true;
        }

        void Fail(int at, string property, string zh, string en) =>
            problems.Add(PackageFiles.ICalendar, at, property, zh, en);
    }
}
