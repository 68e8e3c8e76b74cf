namespace GridMesh.Exchange.Tests;

public sealed class ProblemTests
{
    private const string Building = $"{SmallPackage.West}00001";

    /// <summary>
    /// Each row breaks one thing: file, what, by what, the line and field that must be named, words of the message.
    /// </summary>
    public static TheoryData<string, string, string, int, string, string> Breaks { get; } = new()
    {
        { PackageFiles.Buildings, Building, "4501050010010010000", 2, "code", "20 digits" },
        { PackageFiles.Buildings, Building, "45010500100100900001", 2, "code", "450105001001009 is missing" },
        { PackageFiles.Buildings, "108.305", "118.305", 2, "lng,lat", "outside the grid" },
        { PackageFiles.Buildings, "108.305", "", 2, "lng,lat", "missing" },
        { PackageFiles.Buildings, ",110,3", ",2,3", 2, "elderlyAlone", "more than the people" },
        { PackageFiles.Buildings, ",40,", ",-1,", 2, "households", "0-100000" },
        { PackageFiles.Buildings, "households", "house", 1, "households", "column is missing" },
        { PackageFiles.Buildings, ",110,3", ",110", 2, "", "as many fields" },
        { PackageFiles.Workers, "W1", "W 1", 2, "id", "letters, digits" },
        { PackageFiles.Workers, "W1", "L1", 3, "id", "repeats that of workers.csv:2" },
        { PackageFiles.Departments, "D-fire", "W1", 2, "id", "repeats that of workers.csv:2" },
        { PackageFiles.Workers, SmallPackage.West, "450105001001", 2, "grid", "is missing" },
        { PackageFiles.Workers, "Leader", "Boss", 3, "kind", "none of Worker, Leader" },
        { PackageFiles.Workers, "Leader", "1", 3, "kind", "none of" },
        { PackageFiles.Workers, "Emergency;Epidemic", "Emergency;Emergency", 2, "lines", "twice" },
        { PackageFiles.Workers, "22:30", "25:30", 3, "shiftStart", "HH:mm" },
        { PackageFiles.Workers, ",10", ",25", 2, "shiftHours", "1-24" },
        { PackageFiles.Departments, "450105", "450106", 2, "area", "450106 is missing" },
        { PackageFiles.Devices, ",450105001001001,", ",450105001001002,", 2, "building", "not in this grid" },
        { PackageFiles.Devices, Building, "", 2, "building", "needs a building" },
        { PackageFiles.Devices, Building, $"{SmallPackage.West}00009", 2, "building", "is missing" },
        { PackageFiles.Devices, "cam-1", "door-1", 3, "id", "repeats" },
        { PackageFiles.Standards, "UrgentHour", "Hour", 3, "clock", "none of" },
        { PackageFiles.Standards, "litter", "fire-risk", 4, "category", "repeats" },
        { PackageFiles.Standards, "D-fire,FireRisk", "D-fire,Door", 3, "alarm", "no alarm" },
        { PackageFiles.Standards, ",4,UrgentHour", ",91,UrgentHour", 3, "limit", "1-90" },
        { PackageFiles.Calendar, "2026-10-10", "2026-10-32", 3, "date", "yyyy-MM-dd" },
        { PackageFiles.Calendar, "2026-10-10", "9999-12-31", 3, "date", "yyyy-MM-dd" },
        { PackageFiles.Calendar, "2026-10-10", "2026-10-01", 3, "date", "repeats" },
        { PackageFiles.Calendar, "true", "yes", 3, "isWorkday", "true or false" },
        { PackageFiles.Areas, "\"code\":\"450105001001002\"", "\"code\":\"45010500100100\"", 6, "code", "digits" },
        { PackageFiles.Areas, "\"code\":\"450105001001002\"", "\"code\":\"450105001001001\"", 6, "code",
            "repeats that of line 5" },
        { PackageFiles.Areas, "\"code\":\"450105001\"", "\"code\":\"450105002\"", 4, "code", "450105001, is missing" },
        { PackageFiles.Areas, "\"name\":\"区域450105001\"", "\"name\":\"\"", 3, "name", "1-100" },
        { PackageFiles.Areas, "[108.3,22.7]]]}},\n{\"type\":\"Feature\",\"properties\":{\"code\":\"450105001001002\"",
            "[108.3,22.702]]]}},\n{\"type\":\"Feature\",\"properties\":{\"code\":\"450105001001002\"", 5, "geometry",
            "not closed" },
        { PackageFiles.Areas, "\"Feature\",\"properties\":{\"code\":\"450105\"",
            "\"Feature\",\"x\":{\"code\":\"450105\"", 2, "properties", "missing" },
        { PackageFiles.Areas, "]}\n", "", 7, "", "not JSON" },
    };

    [Theory(DisplayName = "[EX3] every fault is reported with file, line and field, and there is no data")]
    [MemberData(nameof(Breaks))]
    public void Faults_are_placed(string file, string what, string by, int line, string field, string words)
    {
        var result = SmallPackage.ReadAfter(file, text => Once(text, what, by));
        result.Data.ShouldBeNull();
        var problem = result.Problems.FirstOrDefault(p => p.File == file && p.Line == line && p.Field == field);
        problem.ShouldNotBeNull(string.Join("\n", result.Problems));
        problem.MessageEn.ShouldContain(words);
        problem.MessageZh.Any(c => c >= 0x4E00).ShouldBeTrue();
        problem.ToString().ShouldStartWith($"{file}:{line}");
    }

    [Theory(DisplayName = "[IN6, EX3] half a letter or NUL in the name of an area is told with its line")]
    [InlineData("\\ud800", "whole letters")]
    [InlineData("\\u0000", "whole ones")]
    public void Letters_of_areas_are_whole(string letter, string words)
    {
        var result = SmallPackage.ReadAfter(
            PackageFiles.Areas, text => Once(text, $"Area {SmallPackage.West}", $"Area{letter}"));
        result.Data.ShouldBeNull();
        result.Problems.ShouldContain(problem => problem.Line == 5 && problem.MessageEn.Contains(words));
    }

    [Fact(DisplayName = "[EX4] a polygon that crosses itself is refused and the place is named")]
    public void Crossing_is_found()
    {
        var result = SmallPackage.ReadAfter(PackageFiles.Areas, text => ChangeLine(text, SmallPackage.West,
            "[[[108.3,22.7],[108.31,22.71],[108.31,22.7],[108.3,22.71],[108.3,22.7]]]"));
        result.Problems.ShouldContain(
            problem => problem.Line == 5 && problem.MessageEn.Contains("not valid at 108.305"));
    }

    [Fact(DisplayName = "[EX4] grids that overlap by more than the tolerance are refused, a sliver is not")]
    public void Overlap_is_found()
    {
        string Wider(string text, double east) => ChangeLine(text, SmallPackage.West, FormattableString.Invariant(
            $"[[[108.3,22.7],[{east},22.7],[{east},22.71],[108.3,22.71],[108.3,22.7]]]"));

        SmallPackage.ReadAfter(PackageFiles.Areas, text => Wider(text, 108.31004)).Problems.ShouldBeEmpty();
        SmallPackage.ReadAfter(PackageFiles.Areas, text => Wider(text, 108.3102)).Problems
            .ShouldContain(
                problem => problem.Line == 6 && problem.MessageEn.Contains($"overlaps with {SmallPackage.West}"));
    }

    [Fact(DisplayName = "[EX12] what is wrong between areas is told with code and name as well")]
    public void Areas_are_named()
    {
        var (west, east, community) = (SmallPackage.West, SmallPackage.East, "450105001001");
        Says(
            text => text.Replace($"\"code\":\"{east}\"", $"\"code\":\"{west}\""),
            $"{west} 区域{east}: repeats that of line 5");
        Says(
            text => text.Replace("\"code\":\"450105001\"", "\"code\":\"450105002\""),
            $"{community} 区域{community}: the area above, 450105001, is missing");
        Says(
            text => ChangeLine(text, west, "[[[108.3,22.7],[108.315,22.7],[108.315,22.71],[108.3,22.7]]]"),
            $"{east} 区域{east}: overlaps with {west} 区域{west}");
        Says(
            text => ChangeLine(text, west, "[[[108.3,22.7],[108.31,22.7],[108.31,22.71],[108.3,22.7]]]"),
            $"{community} 区域{community}: differs from the union of its parts by 25.0 %");

        static void Says(Func<string, string> change, string message)
        {
            var problems = SmallPackage.ReadAfter(PackageFiles.Areas, change).Problems;
            problems.ShouldContain(problem => problem.MessageEn == message, string.Join('\n', problems));
            problems.First(problem => problem.MessageEn == message).MessageZh.ShouldContain("区域");
        }
    }

    [Fact(DisplayName = "[EX4] an area that its parts leave uncovered is refused")]
    public void Gap_is_found()
    {
        var result = SmallPackage.ReadAfter(PackageFiles.Areas, text => ChangeLine(text, SmallPackage.East,
            "[[[108.311,22.7],[108.32,22.7],[108.32,22.71],[108.311,22.71],[108.311,22.7]]]"));
        result.Problems.ShouldHaveSingleItem().ToString().ShouldContain("5.0 %");
        result.Problems[0].Line.ShouldBe(4);
    }

    [Fact(DisplayName = "[EX3] a missing file is reported, and so is a path with nothing at it")]
    public void Missing_is_reported()
    {
        using var folder = new TempFolder();
        DirectoryFiles.Write(SmallPackage.Data, folder.Path);
        File.Delete(folder.At(PackageFiles.Calendar));
        DirectoryFiles.Read(folder.Path).Problems.ShouldHaveSingleItem().File.ShouldBe(PackageFiles.Calendar);
        DirectoryFiles.Read(folder.At("nowhere.zip")).Data.ShouldBeNull();
        File.WriteAllText(folder.At("text.zip"), "this is no archive");
        DirectoryFiles.Read(folder.At("text.zip")).Problems.ShouldHaveSingleItem();
    }

    [Fact(DisplayName = "[EX5] a thousand problems are listed, the rest is counted")]
    public void Problems_are_bounded()
    {
        const int Wrong = 1_500;
        var result = SmallPackage.ReadAfter(PackageFiles.Workers, text =>
            text
                + string.Concat(
                    Enumerable.Range(0, Wrong).Select(i => $"X{i},某人,{SmallPackage.West},Nobody,,08:00,8\n")));
        result.Data.ShouldBeNull();
        result.Problems.Count.ShouldBe(ExchangeLimits.ProblemsMax + 1);
        result.Problems[^1].MessageEn.ShouldContain($"{Wrong - ExchangeLimits.ProblemsMax} more");
    }

    [Fact(DisplayName = "[EX5] a field beyond all measure does not pass")]
    public void Fields_are_bounded()
    {
        var result = SmallPackage.ReadAfter(PackageFiles.Workers, text => text.Replace("黄伟", new string('黄', 200_000)));
        result.Problems.ShouldContain(problem => problem.File == PackageFiles.Workers);
    }

    private static string Once(string text, string what, string by)
    {
        var at = text.IndexOf(what, StringComparison.Ordinal);
        return at < 0 ? text : text[..at] + by + text[(at + what.Length)..];
    }

    private static string ChangeLine(string text, string code, string coordinates) =>
        string.Join('\n', text.Split('\n').Select(line =>
        line.Contains($"\"code\":\"{code}\"")
            ? line[..line.IndexOf("[[[", StringComparison.Ordinal)] + coordinates
                + line[(line.IndexOf("]]]", StringComparison.Ordinal) + 3)..]
            : line));
}
