using System.Globalization;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Exchange.Rows;

/// <summary>The CSV files of a package, a table for each. docs/exchange.md tells the columns to people.</summary>
internal static class DirectoryTables
{
    /// <summary>Longest id of a worker, department or category, see the entries in Contracts.</summary>
    private const int IdMax = 32;

    private const int DeviceIdMax = 64;

    public static CsvTable<BuildingEntry> Buildings { get; } = new(
        PackageFiles.Buildings, ExchangeLimits.BuildingsMax,
        ["code", "name", "lng", "lat", "households", "people", "elderlyAlone"],
        ReadBuilding,
        b =>
        [
            b.Code.Value, b.Name, Text(b.Position.Lng), Text(b.Position.Lat), Text(b.Households), Text(b.People),
            Text(b.ElderlyAlone),
        ]);

    public static CsvTable<WorkerEntry> Workers { get; } = new(
        PackageFiles.Workers, ExchangeLimits.WorkersMax,
        ["id", "name", "grid", "kind", "lines", "shiftStart", "shiftHours"],
        row => new WorkerEntry(
            row.Id("id", IdMax, "-_"), row.Text("name"), row.Area("grid"), row.Enum<WorkerKind>("kind"),
            row.Lines("lines"),
            row.Time("shiftStart"), row.Int("shiftHours", 1, 24)),
        w => [w.Id, w.Name, w.Grid.Value, w.Kind.ToString(), Text(w.Lines), Text(w.ShiftStart), Text(w.ShiftHours)]);

    public static CsvTable<DepartmentEntry> Departments { get; } = new(
        PackageFiles.Departments, ExchangeLimits.DepartmentsMax,
        ["id", "name", "nameEn", "area", "lines"],
        row => new DepartmentEntry(
            row.Id("id", IdMax, "-_"), row.Text("name"), row.Text("nameEn"), row.Area("area"), row.Lines("lines")),
        d => [d.Id, d.Name, d.NameEn, d.Area.Value, Text(d.Lines)]);

    public static CsvTable<DeviceEntry> Devices { get; } = new(
        PackageFiles.Devices, ExchangeLimits.DevicesMax,
        ["id", "kind", "grid", "building", "lng", "lat"],
        row => new DeviceEntry(
            row.Id("id", DeviceIdMax, "-_.:"), row.Enum<SensorKind>("kind"), row.Area("grid"),
            row.Building("building", required: false), row.Point()),
        d =>
        [
            d.Id, d.Kind.ToString(), d.Grid.Value, d.Building?.Value ?? "", Text(d.Position.Lng), Text(d.Position.Lat),
        ]);

    public static CsvTable<FilingStandard> Standards { get; } = new(
        PackageFiles.Standards, ExchangeLimits.StandardsMax,
        [
            "category", "name", "nameEn", "line", "severity", "limit", "clock", "filingCondition", "closingCondition",
            "responsible", "alarm",
        ],
        row => new FilingStandard(
            row.Id("category", IdMax, "-"), row.Text("name"), row.Text("nameEn"), row.Enum<Line>("line"),
            row.Enum<Severity>("severity"), row.Int("limit", 1, 90), row.Enum<ClockKind>("clock"),
            row.Text("filingCondition", ExchangeLimits.ConditionMax),
            row.Text("closingCondition", ExchangeLimits.ConditionMax),
            row.Text("responsible"), row.OptionalEnum<SensorKind>("alarm"),
            row.OptionalText("evidence", ExchangeLimits.NameMax)),
        s =>
        [
            s.Category, s.Name, s.NameEn, s.Line.ToString(), s.Severity.ToString(), Text(s.Limit), s.Clock.ToString(),
            s.FilingCondition, s.ClosingCondition, s.Responsible, s.Alarm?.ToString() ?? "",
            s.Evidence ?? "",
        ])
    {
        Optional = ["evidence"],
    };

    public static CsvTable<CalendarDay> Calendar { get; } = new(
        PackageFiles.Calendar, ExchangeLimits.CalendarDaysMax,
        ["date", "isWorkday", "name"],
        row => new CalendarDay(row.Date("date"), row.Bool("isWorkday"), row.Text("name")),
        day =>
        [
            day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.IsWorkday ? "true" : "false", day.Name,
        ]);

    public static CsvTable<LadderRow> Ladders { get; } = new(
        PackageFiles.Ladders, ExchangeLimits.LadderRowsMax,
        ["line", "category", "severity", "step", "after", "action", "level"],
        ReadLadder,
        row =>
        [
            row.Line?.ToString() ?? "", row.Category ?? "", row.Severity?.ToString() ?? "", row.Rung.Step.ToString(),
            Text(row.Rung.After), row.Rung.Action.ToString(), row.Rung.Level is { } level ? Text(level) : "",
        ])
    {
        MayBeAbsent = true,
    };

    private static LadderRow ReadLadder(CsvRow row)
    {
        var ladder = new LadderRow(
            row.OptionalEnum<Line>("line"), row.OptionalId("category", IdMax, "-"),
            row.OptionalEnum<Severity>("severity"),
            new Rung(row.Enum<Step>("step"), row.Int("after", 0, Rung.AfterMax), row.Enum<RungAction>("action")));
        if (ladder is { Line: not null, Category: not null })
            row.Fail("line", "写了类别就不写条线", "is empty where a category is named");

        if (!row.Failed && !Rung.Steps.Contains(ladder.Rung.Step))
            row.Fail("step", $"须为有时限的环节：{string.Join(", ", Rung.Steps)}", "has to be a step that has a deadline");

        return row.Failed ? ladder : ladder with { Rung = ladder.Rung with { Level = ReadLevel(row, ladder.Rung) } };
    }

    private static int? ReadLevel(CsvRow row, Rung rung)
    {
        if (rung.Action == RungAction.Supervise)
            return row.Int("level", 1, Supervision.LevelMax);

        if (row.Raw("level").Length > 0)
            row.Fail("level", "只有督办才有级别", "is empty where the action is not to supervise");

        return null;
    }

    private static BuildingEntry ReadBuilding(CsvRow row)
    {
        const int HouseholdsMax = 100_000;
        const int PeopleMax = 1_000_000;
        var building = new BuildingEntry(
            row.Building("code", required: true)!.Value, row.Text("name"), row.Point(),
            row.Int("households", 0, HouseholdsMax),
            row.Int("people", 0, PeopleMax), row.Int("elderlyAlone", 0, PeopleMax));
        if (building.ElderlyAlone > building.People)
            row.Fail("elderlyAlone", "独居老人数大于人口数", "is more than the people there");

        return building;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same number.</summary>
    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(ImmutableArray<Line> lines) => lines.IsDefaultOrEmpty ? "" : string.Join(';', lines);

    private static string Text(TimeOnly time) => time.ToString(
        time.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss.fffffff", CultureInfo.InvariantCulture);
}
