using System.Collections.Immutable;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Tests;

/// <summary>A small district to test with: one town, one community, two grids.</summary>
internal static class Sample
{
    public static readonly AreaCode Grid = AreaCode.Parse("450105001001001");
    public static readonly AreaCode OtherGrid = AreaCode.Parse("450105001001002");
    public static readonly AreaCode District = AreaCode.Parse("450105");
    public static readonly CaseNumber Number = CaseNumber.Create(Grid, new DateOnly(2026, 3, 2), 1);

    /// <summary>Monday 2026-03-02 09:00 in China.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    public const int Day = 20260302;

    public static readonly DirectoryView Directory = new(new DirectoryData(
        [
            new AreaEntry(District, "江南区", "Jiangnan", AreaShape.None),
            new AreaEntry(AreaCode.Parse("450105001"), "江南街道", "Jiangnan Subdistrict", AreaShape.None),
            new AreaEntry(AreaCode.Parse("450105001001"), "一社区", "Community 1", AreaShape.None),
            new AreaEntry(Grid, "第一网格", "Grid 1", AreaShape.None),
            new AreaEntry(OtherGrid, "第二网格", "Grid 2", AreaShape.None),
        ],
        [],
        [Worker("w1", Grid), Worker("w2", OtherGrid), Worker("w3", Grid, Line.Emergency)],
        [new DepartmentEntry("d1", "城管", "Urban management", District, [Line.UrbanManagement])],
        [],
        [
            Standard("cover", Line.UrbanManagement, 2, ClockKind.UrgentHour),
            Standard("litter", Line.UrbanManagement, 1, ClockKind.WorkDay),
            Standard("smoke", Line.Emergency, 2, ClockKind.UrgentHour, SensorKind.Smoke),
        ],
        [new CalendarDay(new DateOnly(2026, 3, 4), false, "holiday"),
            new CalendarDay(new DateOnly(2026, 3, 7), true, "moved")]));

    public static Actor By(Role role, string id = "x", string area = "450105", params Line[] lines) =>
        new(id, id, role, AreaCode.Parse(area), id, [.. lines]);

    public static CaseRow Row(
        int serial = 1, long version = 1, Step step = Step.Reported, Line line = Line.UrbanManagement,
        bool overdue = false,
        DateTimeOffset? due = null, string? alarm = null, int reported = Day, int closed = 0,
        DateTimeOffset? at = null) =>
        new(CaseNumber.Create(Grid, new DateOnly(2026, 3, 2), serial), version, step, "litter", line, Severity.Normal,
            Source.Worker, "text", null, at ?? Now, due, overdue, null, AreaCode.Parse("450105001001"), alarm, reported,
            closed);

    public static WorkerEntry Worker(string id, AreaCode grid, params Line[] lines) =>
        new(id, id, grid, WorkerKind.Worker, [.. lines], new TimeOnly(8, 0), 10);

    private static FilingStandard Standard(
        string code, Line line, int limit, ClockKind clock, SensorKind? alarm = null) =>
        new(code, code, code, line, Severity.Normal, limit, clock, "", "", "", alarm);
}
