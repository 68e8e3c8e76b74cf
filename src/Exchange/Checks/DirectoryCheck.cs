using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Exchange.Rows;

namespace GridMesh.Exchange.Checks;

/// <summary>What the files say, each entry with its line.</summary>
internal sealed record DirectoryRows(
    List<Located<AreaEntry>> Areas,
    List<Located<BuildingEntry>> Buildings,
    List<Located<WorkerEntry>> Workers,
    List<Located<DepartmentEntry>> Departments,
    List<Located<DeviceEntry>> Devices,
    List<Located<FilingStandard>> Standards,
    List<Located<CalendarDay>> Calendar,
    List<Located<LadderRow>> Ladders);

/// <summary>Checks what no single row can: that nothing comes twice and that everything named is there.</summary>
internal sealed class DirectoryCheck(DirectoryRows rows, ProblemList problems)
{
    private readonly Dictionary<AreaCode, Located<AreaEntry>> _areas = [];
    private readonly Dictionary<BuildingCode, Located<BuildingEntry>> _buildings = [];

    public void Run(IProgress<string>? progress)
    {
        progress?.Report("检查编码与引用 checking codes and references");
        foreach (var area in rows.Areas)
        {
            if (!_areas.TryAdd(area.Value.Code, area))
            {
                var first = _areas[area.Value.Code].Line;
                problems.Add(area, "code", $"与第 {first} 行重复", $"repeats that of line {first}");
            }
        }

        foreach (var building in rows.Buildings)
            problems.Once(_buildings, building.Value.Code, building, PackageFiles.Buildings, "code");

        CheckParents();
        CheckPeople();
        CheckDevices();
        var rules = new RuleCheck(problems);
        rules.CheckStandards(rows.Standards);
        rules.CheckCalendar(rows.Calendar, PackageFiles.Calendar);
        rules.CheckLadders(rows.Ladders, [.. rows.Standards.Select(standard => standard.Value.Category)]);
        progress?.Report("检查边界 checking polygons");
        var shapes = new ShapeCheck(_areas, problems);
        shapes.CheckAreas();
        progress?.Report("检查位置 checking positions");
        shapes.CheckInside(rows.Buildings, PackageFiles.Buildings, b => b.Code.Grid, b => b.Position);
        shapes.CheckInside(rows.Devices, PackageFiles.Devices, d => d.Grid, d => d.Position);
    }

    private void CheckParents()
    {
        if (rows.Areas.Count == 0 && problems.IsEmpty)
            problems.Add(PackageFiles.Areas, 0, "", "没有任何区域", "holds no area");

        foreach (var row in rows.Areas)
        {
            var code = row.Value.Code;
            if (code.Tier > Tier.District && !_areas.ContainsKey(code.Parent!.Value))
            {
                problems.Add(
                    row, "code", $"上级区域 {code.Parent} 不存在", $"the area above, {code.Parent}, is missing");
            }
        }

        foreach (var (line, building) in rows.Buildings)
            NeedGrid(building.Code.Grid, PackageFiles.Buildings, line, "code");
    }

    /// <summary>Workers and departments share one set of ids: either may own a case.</summary>
    private void CheckPeople()
    {
        var places = new Dictionary<string, string>();
        foreach (var (line, worker) in rows.Workers)
        {
            OnceIn(places, worker.Id, PackageFiles.Workers, line);
            NeedGrid(worker.Grid, PackageFiles.Workers, line, "grid");
        }

        foreach (var (line, department) in rows.Departments)
        {
            OnceIn(places, department.Id, PackageFiles.Departments, line);
            if (!_areas.ContainsKey(department.Area))
            {
                problems.Add(
                    PackageFiles.Departments, line, "area", $"区域 {department.Area} 不存在",
                    $"the area {department.Area} is missing");
            }
        }
    }

    private void CheckDevices()
    {
        var ids = new Dictionary<string, Located<DeviceEntry>>();
        foreach (var row in rows.Devices)
        {
            var (line, device) = row;
            problems.Once(ids, device.Id, row, PackageFiles.Devices, "id");
            NeedGrid(device.Grid, PackageFiles.Devices, line, "grid");
            if (device.Building is { } building && !_buildings.ContainsKey(building))
            {
                problems.Add(PackageFiles.Devices, line, "building", $"楼栋 {building} 不存在",
                    $"the building {building} is missing");
            }
            else if (device.Building is { } home && home.Grid != device.Grid)
            {
                problems.Add(PackageFiles.Devices, line, "building", "楼栋不在该网格内", "the building is not in this grid");
            }
            else if (device is { Kind: SensorKind.Door, Building: null })
            {
                problems.Add(PackageFiles.Devices, line, "building", "门禁须属于某楼栋", "a door needs a building");
            }
        }
    }

    private void NeedGrid(AreaCode grid, string file, int line, string field)
    {
        if (grid.Tier != Tier.Grid || !_areas.ContainsKey(grid))
            problems.Add(file, line, field, $"网格 {grid} 不存在", $"the grid {grid} is missing");
    }

    private void OnceIn(Dictionary<string, string> places, string id, string file, int line)
    {
        if (!places.TryAdd(id, $"{file}:{line}"))
            problems.Add(file, line, "id", $"与 {places[id]} 重复", $"repeats that of {places[id]}");
    }
}
