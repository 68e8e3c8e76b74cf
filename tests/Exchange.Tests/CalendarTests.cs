using System.Text;
using GridMesh.Contracts.Directory;

namespace GridMesh.Exchange.Tests;

public sealed class CalendarTests
{
    [Fact(DisplayName = "[SD6] holidays and worked weekends are told apart in the ways of China's public calendars")]
    public void PublicCalendars()
    {
        var read = Read(
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270104\r\nSUMMARY;LANGUAGE=zh_CN:元旦（休）\r\nEND:VEVENT",
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270110\r\nSUMMARY:班｜元旦\r\nEND:VEVENT",
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270205\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\r\nSUMMARY:春节\r\nEND:VEVENT",
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270206\r\nDTEND;VALUE=DATE:20270207\r\nSUMMARY:春节 假期 第1天/共7天\r\nEND:VEVENT",
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270214\r\nCATEGORIES:法定,补班\r\nSUMMARY:春节\r\nEND:VEVENT");
        read.Problems.ShouldBeEmpty();
        read.Rows!.Value.ShouldBe(
        [
            Day(2027, 1, 1, false, "元旦"), Day(2027, 1, 2, false, "元旦"), Day(2027, 1, 3, false, "元旦"),
            Day(2027, 1, 10, true, "元旦"), Day(2027, 2, 5, false, "春节"),
            Day(2027, 2, 6, false, "春节 假期 第1天/共7天"), Day(2027, 2, 14, true, "春节"),
        ]);
    }

    [Fact(DisplayName = "[SD6] lines are unfolded by bytes, texts unescaped, and alarms, time zones and cancelled events passed over")]
    public void Rfc5545()
    {
        var text = "\uFEFFBEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:Asia/Shanghai\nBEGIN:STANDARD\n"
            + "DTSTART:19700101T000000\nRRULE:FREQ=YEARLY\nEND:STANDARD\nEND:VTIMEZONE\n"
            + "begin:vevent\nDTSTART;TZID=\"Asia/Shanghai\":20271001T000000\nDTEND;TZID=Asia/Shanghai:20271003T000000\n"
            + "SUMMARY:国庆\\, 中秋\\; 休\\\\｜（休）\nBEGIN:VALARM\nTRIGGER:-PT1H\nDTSTART:nonsense\nEND:VALARM\nEND:VEVENT\n"
            + "BEGIN:VEVENT\nSTATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR\n";
        // A fold in the middle of the letter 庆, as a producer that counts bytes makes it, and one before a letter.
        var bytes = Encoding.UTF8.GetBytes(text);
        var at = bytes.AsSpan().IndexOf("庆"u8) + 1;
        byte[] folded = [.. bytes[..at], .. "\r\n "u8, .. bytes[at..]];
        var fold = folded.AsSpan().IndexOf("Shanghai\":"u8);
        folded = [.. folded[..fold], .. "\r\n\t"u8, .. folded[fold..]];
        var read = RuleFiles.ReadICalendar(new MemoryStream(folded));
        read.Problems.ShouldBeEmpty();
        read.Rows!.Value.ShouldBe([Day(2027, 10, 1, false, "国庆, 中秋; 休\\｜"), Day(2027, 10, 2, false, "国庆, 中秋; 休\\｜")]);
    }

    [Theory(DisplayName = "[SD6] what a table of days cannot hold is refused by line and property")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=YEARLY\nSUMMARY:元旦（休）", 4, "RRULE", "year by year")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nRDATE;VALUE=DATE:20280101\nSUMMARY:元旦（休）", 4, "RDATE", "year by year")]
    [InlineData("DTSTART;TZID=America/New_York:20270101T000000\nSUMMARY:元旦（休）", 3, "DTSTART", "not China's")]
    [InlineData("DTSTART;tzid=America/New_York:20270101T000000\nSUMMARY:元旦（休）", 3, "DTSTART", "not China's")]
    [InlineData("DTSTART:20270101T000000Z\nSUMMARY:元旦（休）", 3, "DTSTART", "whole day")]
    [InlineData("DTSTART;VALUE=DATE:20270229\nSUMMARY:元旦（休）", 3, "DTSTART", "whole day")]
    [InlineData("DTSTART;VALUE=DATE:99991231\nDURATION:P1D\nSUMMARY:元旦（休）", 3, "DTSTART", "whole day")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270101\nSUMMARY:元旦（休）", 4, "DTEND", "1-31 days")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270202\nSUMMARY:元旦（休）", 4, "DTEND", "1-31 days")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nDURATION:PT36H\nSUMMARY:元旦（休）", 4, "DURATION", "1-31 days")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nDURATION:P5W\nSUMMARY:元旦（休）", 4, "DURATION", "1-31 days")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nDURATION:-P1D\nSUMMARY:元旦（休）", 4, "DURATION", "1-31 days")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nDURATION:P99999999999W\nSUMMARY:元旦（休）", 4, "DURATION", "1-31 days")]
    [InlineData("DTSTART;VALUE=DATE:22001231\nDURATION:P2D\nSUMMARY:元旦（休）", 4, "DURATION", "whole day")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nCATEGORIES:班\nCATEGORIES:HOLIDAY\nSUMMARY:元旦", 6, "SUMMARY", "or both")]
    [InlineData("SUMMARY:元旦（休）", 2, "DTSTART", "missing")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nSUMMARY:（休）", 4, "SUMMARY", "1-100")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nSUMMARY:元旦", 4, "SUMMARY", "neither")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nSUMMARY:春节调休", 4, "SUMMARY", "neither")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nCATEGORIES:WORKDAY\nSUMMARY:元旦（休）", 5, "SUMMARY", "or both")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nSUMMARY:元旦（休）\nDTSTART;VALUE=DATE:20270102", 5, "DTSTART", "twice")]
    [InlineData("no line at all", 3, "", "no line")]
    [InlineData("DTSTART;VALUE=DATE:20270101\nSUMMARY:元旦（休）\nEND:VALARM", 5, "END", "no BEGIN")]
    public void Refused(string lines, int line, string property, string words)
    {
        var read = Read($"BEGIN:VEVENT\n{lines}\nEND:VEVENT");
        read.Rows.ShouldBeNull();
        var problem = read.Problems.FirstOrDefault(one => one.Line == line && one.Field == property)
            .ShouldNotBeNull(string.Join("\n", read.Problems));
        problem.MessageEn.ShouldContain(words);
        problem.File.ShouldBe(PackageFiles.ICalendar);
        problem.MessageZh.Any(c => c >= 0x4E00).ShouldBeTrue();
    }

    [Theory(DisplayName = "[SD6] a file that is cut off, is none, is not UTF-8 or names a day twice is refused")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\n", "whole VCALENDAR")]
    [InlineData("", "whole VCALENDAR")]
    [InlineData("date,isWorkday,name\n2027-01-01,false,元旦\n", "no line")]
    [InlineData("BEGIN:VCALENDAR\nX:\u00ff\nEND:VCALENDAR\n", "not UTF-8")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270101\nDURATION:P2D\nSUMMARY:a(休)\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20270102\nSUMMARY:a(休)\nEND:VEVENT\nEND:VCALENDAR\n", "repeats that of line 3")]
    public void NoCalendar(string text, string words)
    {
        var encoding = text.Contains('\u00ff') ? Encoding.Latin1 : Encoding.UTF8;
        var read = RuleFiles.ReadICalendar(new MemoryStream(encoding.GetBytes(text)));
        read.Rows.ShouldBeNull();
        read.Problems.ShouldContain(problem => problem.MessageEn.Contains(words), string.Join("\n", read.Problems));
    }

    [Fact(DisplayName = "[SD6] a calendar has no more days than its bound")]
    public void Bound()
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\n");
        for (var day = new DateOnly(2000, 1, 1); day.Year < 2030; day = day.AddDays(30))
            text.Append($"BEGIN:VEVENT\nDTSTART:{day:yyyyMMdd}\nDURATION:P30D\nSUMMARY:x(休)\nEND:VEVENT\n");

        var read = RuleFiles.ReadICalendar(
            new MemoryStream(Encoding.UTF8.GetBytes(text.Append("END:VCALENDAR\n").ToString())));
        read.Rows.ShouldBeNull();
        read.Problems.ShouldHaveSingleItem().MessageEn.ShouldContain("10000 days");
    }

    [Fact(DisplayName = "[SD6] what is written as an iCalendar reads back the same, folded at 75 bytes, neighbours in one event")]
    public void ComesBack()
    {
        var longName = string.Concat(Enumerable.Repeat("广西三月三,放;假\\", 9));
        CalendarDay[] days =
        [
            .. Enumerable.Range(0, 40).Select(
                i => new CalendarDay(new DateOnly(2027, 4, 1).AddDays(i), false, longName)),
            Day(2027, 6, 5, true, "端午节"), Day(2027, 6, 6, false, "端午节"), Day(2027, 6, 8, false, "端午节"),
        ];
        using var bytes = new MemoryStream();
        RuleFiles.WriteICalendar(bytes, days, new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.FromHours(8)));
        var lines = Encoding.UTF8.GetString(bytes.ToArray()).Split("\r\n");
        lines.ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        lines.Count(line => line == "BEGIN:VEVENT").ShouldBe(5);
        lines.ShouldContain("DTSTAMP:20261101T000000Z");
        bytes.Position = 0;
        RuleFiles.ReadICalendar(bytes).Rows!.Value.ShouldBe(days);
    }

    [Fact(DisplayName = "[SD14] a package has its calendar as an iCalendar or as a table, not both")]
    public void InAPackage()
    {
        using var folder = new TempFolder();
        DirectoryFiles.Write(SmallPackage.Data, folder.Path);
        using (var file = File.Create(folder.At(PackageFiles.ICalendar)))
        {
            RuleFiles.WriteICalendar(file, SmallPackage.Data.Calendar, DateTimeOffset.UnixEpoch);
        }

        var problem = DirectoryFiles.Read(folder.Path).Problems.ShouldHaveSingleItem();
        (problem.File, problem.Line).ShouldBe((PackageFiles.ICalendar, 0));
        File.Delete(folder.At(PackageFiles.Calendar));
        DirectoryFiles.Read(folder.Path).Data!.Calendar.ShouldBe(SmallPackage.Data.Calendar);
        File.Delete(folder.At(PackageFiles.ICalendar));
        DirectoryFiles.Read(folder.Path).Problems.ShouldHaveSingleItem().File.ShouldBe(PackageFiles.Calendar);
    }

    [Theory(DisplayName = "[EX10] a duration is read in weeks, days and hours, as long as it makes whole days")]
    [InlineData("P1W", 7)]
    [InlineData("P3D", 3)]
    [InlineData("p3d", 3)]
    [InlineData("P1DT24H", 2)]
    [InlineData("PT24H", 1)]
    [InlineData("+P1D", 1)]
    public void Durations(string duration, int days) =>
        Read($"BEGIN:VEVENT\nDTSTART:20270206\nDURATION:{duration}\nSUMMARY:春节（休）\nEND:VEVENT").Rows!.Value.ShouldBe(
            Enumerable.Range(6, days).Select(day => Day(2027, 2, day, false, "春节")));

    [Theory(DisplayName = "[EX10] names and values are read in either case, folded anywhere, and categories on several lines")]
    [InlineData("dtstart;value=date:20270206\nsummary:春节\ncategories:holiday")]
    [InlineData(
        "DTSTART;VALUE=date:20270206\nDTEND;value=Date:20270207\nSUMMARY:春节\nCATEGORIES:a\nCATEGORIES:b,HOLIDAY")]
    [InlineData("DTSTART;tzid=asia/shanghai:20270206t000000\nSUMMARY:春节\nX-Apple-Special-Day:work-holiday")]
    [InlineData("DTSTART:20270206\nSUMMARY;LANGUAGE=zh;ALTREP=\"http://a.b/c\":春节\nCATEGORIES:休")]
    [InlineData("DTSTART:20270206\nSUMMARY:春\n 节\nCATEG\n\tORIES:HOL\n IDAY")]
    [InlineData("DTSTART:20270206\nSUMMARY:春节\nCATEGORIES:HOLIDAY\nSTATUS:confirmed\nATTENDEE;broken:;:\nGEO:nowhere")]
    public void EitherCase(string lines)
    {
        var read = Read($"BEGIN:VEVENT\n{lines}\nEND:VEVENT", "BEGIN:VEVENT\nSTATUS:cancelled\nEND:VEVENT");
        read.Problems.ShouldBeEmpty();
        read.Rows!.Value.ShouldBe([Day(2027, 2, 6, false, "春节")]);
    }

    [Fact(DisplayName = "[EX10] a week's duration in a file of somebody else makes seven days")]
    public void Week() => RuleFiles.ReadICalendar(Case.Open("ics-duration-p1w.ics")).Rows!.Value.ShouldBe(
        Enumerable.Range(6, 7).Select(day => Day(2027, 2, day, false, "春节")));

    [Fact(DisplayName = "[EX10] what was exported before is read back: words, marks and spaces of a name are the name")]
    public void OwnExport() => RuleFiles.ReadICalendar(Case.Open("own-export.ics")).Rows!.Value.ShouldBe(
    [
        Day(2027, 8, 14, true, "春节假期调休上班"), Day(2027, 8, 16, false, "建厂日（全天不上班）"),
        Day(2027, 8, 17, false, "班|休"), Day(2027, 8, 18, false, " 前后有空格 "),
    ]);

    [Theory(DisplayName = "[EX10] any name of a day comes back from an export as it was")]
    [InlineData("（休）")]
    [InlineData("补班，上班、放假；（班）")]
    [InlineData(@"a\nb\Nc\\d\,e\;f\")]
    [InlineData("两行\n的名字\t \"引号\"")]
    [InlineData("纪念𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧")]
    [InlineData("x纪念𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧")]
    [InlineData("xx纪念𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧𠮷𡈽𬇙🧧")]
    public void AnyName(string name)
    {
        CalendarDay[] days =
            [Day(1900, 1, 1, false, name), Day(2027, 5, 1, true, name), Day(2200, 12, 31, false, name)];
        using var bytes = new MemoryStream();
        RuleFiles.WriteICalendar(bytes, days, DateTimeOffset.UnixEpoch);
        bytes.Position = 0;
        var read = RuleFiles.ReadICalendar(bytes);
        read.Problems.ShouldBeEmpty();
        read.Rows!.Value.ShouldBe(days);
    }

    private static CalendarDay Day(int year, int month, int day, bool isWorkday, string name) =>
        new(new DateOnly(year, month, day), isWorkday, name);

    private static RuleTable<CalendarDay> Read(params string[] events) => RuleFiles.ReadICalendar(new MemoryStream(
        Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\n{string.Join("\r\n", events)}\r\nEND:VCALENDAR\r\n")));
}
