using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Exchange.Rows;

namespace GridMesh.Exchange.Checks;

/// <summary>What has to hold of the rules as a whole, in a package and in a file of their own alike.</summary>
internal sealed class RuleCheck(ProblemList problems)
{
    public void CheckStandards(List<Located<FilingStandard>> rows)
    {
        var categories = new Dictionary<string, Located<FilingStandard>>();
        var alarms = new Dictionary<SensorKind, Located<FilingStandard>>();
        foreach (var row in rows)
        {
            problems.Once(categories, row.Value.Category, row, PackageFiles.Standards, "category");
            if (row.Value.Alarm == SensorKind.Door)
                problems.Add(PackageFiles.Standards, row.Line, "alarm", "门禁记录不是报警", "a door is no alarm");
            else if (row.Value.Alarm is { } alarm)
                problems.Once(alarms, alarm, row, PackageFiles.Standards, "alarm");
        }
    }

    /// <summary>A category that the ladders name cannot go before they let go of it.</summary>
    public void CheckNamed(List<Located<FilingStandard>> rows, IEnumerable<LadderRow> ladders)
    {
        var here = rows.Select(row => row.Value.Category).ToHashSet();
        foreach (var category in ladders.Select(row => row.Category).OfType<string>().Distinct()
            .Where(category => !here.Contains(category)))
        {
            problems.Add(
                PackageFiles.Standards, 0, "category", $"升级阶梯用到的类别 {category} 不在其中",
                $"lacks {category}, which the ladders name");
        }
    }

    public void CheckCalendar(List<Located<CalendarDay>> rows, string file)
    {
        var days = new Dictionary<DateOnly, Located<CalendarDay>>();
        foreach (var row in rows)
            problems.Once(days, row.Value.Date, row, file, "date");
    }

    public void CheckLadders(List<Located<LadderRow>> rows, HashSet<string> categories)
    {
        var rungs = new Dictionary<LadderRow, Located<LadderRow>>();
        var ladders = new Dictionary<LadderRow, int>();
        foreach (var row in rows)
        {
            var (line, ladder) = row;
            problems.Once(rungs, ladder, row, PackageFiles.Ladders, "step");
            if (ladder.Category is { } category && !categories.Contains(category))
            {
                problems.Add(
                    PackageFiles.Ladders, line, "category", $"类别 {category} 不存在", $"{category} is no category");
            }

            var whose = ladder with { Rung = new Rung(default, 0, default) };
            if ((ladders[whose] = ladders.GetValueOrDefault(whose) + 1) == Rung.CountMax + 1)
            {
                problems.Add(
                    PackageFiles.Ladders, line, "", $"一个阶梯超过 {Rung.CountMax} 级",
                    $"a ladder has more than {Rung.CountMax} rungs");
            }
        }
    }
}
