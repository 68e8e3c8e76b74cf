using System.Collections.Immutable;
using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Grains.Incidents;

namespace GridMesh.Silo.Import;

/// <summary>What an import would do to this database, and why it may not: found before anything is written.</summary>
/// <param name="next">The directory of the package.</param>
/// <param name="now">That in force; null where there is none.</param>
internal sealed class ImportPlan(DirectoryView next, DirectoryView? now)
{
    private readonly SortedDictionary<string, int> _orphans = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _ownerless = new(StringComparer.Ordinal);

    public long FactsNew { get; private set; }

    public long FactsKnown { get; private set; }

    /// <summary>What is open must have its grid, and its owner where it had one.</summary>
    public IEnumerable<string> Problems =>
    [
        .. _orphans.Select(one =>
            $"{one.Key}: {one.Value} open cases lie in this grid, which the package does not have"
            + " 资料包缺少该网格，其中尚有未结案件"),
        .. _ownerless.Select(one =>
            $"{one.Key}: owns {one.Value} open cases, and the package does not have it"
            + " 资料包缺少该承办人，其名下尚有未结案件"),
    ];

    public void Count(bool isKnown)
    {
        FactsKnown += isKnown ? 1 : 0;
        FactsNew += isKnown ? 0 : 1;
    }

    /// <summary>An open case of this database.</summary>
    public void Look(CaseRow row)
    {
        if (row.Step.IsOpen())
            Look(row.Number, row.Owner);
    }

    /// <summary>A case of the package.</summary>
    public void Look(IncidentState state)
    {
        if (state.Step.IsOpen())
            Look(state.Number, state.Owner);
    }

    /// <summary>What the directory gains, loses and changes, a line for each of its tables that does.</summary>
    public IEnumerable<string> Differences =>
    [
        .. Line("areas 区域", next.Data.Areas, now?.Data.Areas, area => area.Code.Value),
        .. Line("buildings 楼栋", next.Data.Buildings, now?.Data.Buildings, building => building.Code.Value),
        .. Line("workers 人员", next.Data.Workers, now?.Data.Workers, worker => worker.Id),
        .. Line("departments 部门", next.Data.Departments, now?.Data.Departments, department => department.Id),
        .. Line("devices 设备", next.Data.Devices, now?.Data.Devices, device => device.Id),
        .. Line("standards 立案标准", next.Data.Standards, now?.Data.Standards, standard => standard.Category),
    ];

    private void Look(CaseNumber number, string? owner)
    {
        if (!next.Areas.ContainsKey(number.Grid))
            _orphans[number.Grid.Value] = _orphans.GetValueOrDefault(number.Grid.Value) + 1;

        // Whom no directory knew before is no loss of this one.
        if (owner is not null && now is not null && Knows(now, owner) && !Knows(next, owner))
            _ownerless[owner] = _ownerless.GetValueOrDefault(owner) + 1;
    }

    private static bool Knows(DirectoryView view, string owner) =>
        view.Workers.ContainsKey(owner) || view.Departments.ContainsKey(owner);

    private static IEnumerable<string> Line<T>(
        string name, ImmutableArray<T> next, ImmutableArray<T>? now, Func<T, string> keyOf)
    {
        var before = (now ?? []).ToLookup(keyOf);
        var after = next.ToLookup(keyOf);
        var added = after.Count(one => !before.Contains(one.Key));
        var gone = before.Count(one => !after.Contains(one.Key));
        var changed = after.Count(one => before.Contains(one.Key) && !Same(one, before[one.Key]));
        return added + gone + changed == 0 ? [] : [$"{name}: {added} new 新增, {gone} gone 移除, {changed} changed 变更"];
    }

    /// <summary>Compared as they are stored: shapes and lists are no values in C#.</summary>
    private static bool Same<T>(IEnumerable<T> one, IEnumerable<T> other) =>
        JsonSerializer.Serialize(one, MeshJson.Compact)
        == JsonSerializer.Serialize(other, MeshJson.Compact);
}
