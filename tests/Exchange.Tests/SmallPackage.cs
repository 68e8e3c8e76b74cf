using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;

namespace GridMesh.Exchange.Tests;

/// <summary>A package of one community with two square grids, small enough to break by hand.</summary>
internal static class SmallPackage
{
    public const string West = "450105001001001";
    public const string East = "450105001001002";

    public static DirectoryData Data { get; } = new(
        [
            Area("450105", 0, 2), Area("450105001", 0, 2), Area("450105001001", 0, 2), Area(West, 0, 1),
            Area(East, 1, 1),
        ],
        [new BuildingEntry(BuildingCode.Parse($"{West}00001"), "1栋, \"东\"", new GeoPoint(108.305, 22.705), 40, 110, 3)],
        [
            new WorkerEntry(
                "W1", "黄伟", AreaCode.Parse(West), WorkerKind.Worker, [Line.Emergency, Line.Epidemic],
                new TimeOnly(8, 0), 10),
            new WorkerEntry("L1", "韦丽", AreaCode.Parse(East), WorkerKind.Leader, [], new TimeOnly(22, 30), 9),
        ],
        [new DepartmentEntry("D-fire", "消防", "Fire", AreaCode.Parse("450105"), [Line.Emergency])],
        [
            new DeviceEntry(
                "door-1", SensorKind.Door, AreaCode.Parse(West), BuildingCode.Parse($"{West}00001"),
                new GeoPoint(108.305, 22.705)),
            new DeviceEntry("cam-1", SensorKind.FireRisk, AreaCode.Parse(East), null, new GeoPoint(108.315, 22.701)),
        ],
        [
            new FilingStandard(
                "fire-risk", "消防隐患", "Fire risk", Line.Emergency, Severity.Urgent, 4, ClockKind.UrgentHour, "发现\n即立案",
                " 恢复;原状 ", "D-fire", SensorKind.FireRisk),
            new FilingStandard(
                "litter", "垃圾", "Litter", Line.UrbanManagement, Severity.Normal, 1, ClockKind.WorkDay, "发现", "清理",
                "D-urban", null),
        ],
        [new CalendarDay(new DateOnly(2026, 10, 1), false, "国庆节"),
            new CalendarDay(new DateOnly(2026, 10, 10), true, "调休")]);

    /// <summary>Writes the package, changes one file and reads it again.</summary>
    public static ReadResult ReadAfter(string file, Func<string, string> change)
    {
        using var folder = new TempFolder();
        DirectoryFiles.Write(Data, folder.Path);
        var path = folder.At(file);
        var (before, after) = (File.ReadAllText(path), change(File.ReadAllText(path)));
        after.ShouldNotBe(before, "the change has to change something");
        File.WriteAllText(path, after);
        return DirectoryFiles.Read(folder.Path);
    }

    private static AreaEntry Area(string code, int column, int columns)
    {
        double west = 108.30 + (column * 0.01), east = west + (columns * 0.01), south = 22.70, north = 22.71;
        return new AreaEntry(
            AreaCode.Parse(code), $"区域{code}", $"Area {code}",
            AreaShape.Of(
                [new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)]));
    }
}
