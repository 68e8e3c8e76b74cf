using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Letters;
using GridMesh.Exchange.Rows;

namespace GridMesh.Exchange;

/// <summary>Collects problems up to a bound and counts those beyond it.</summary>
internal sealed class ProblemList
{
    private readonly List<ImportProblem> _problems = [];
    private int _unlisted;

    public bool IsEmpty => _problems.Count == 0;

    public void Add(string file, int line, string field, string zh, string en)
    {
        if (_problems.Count < ExchangeLimits.ProblemsMax)
            _problems.Add(new ImportProblem(file, line, field, zh, en));
        else
            _unlisted++;
    }

    /// <summary>A problem of an area: who draws borders knows areas by code and name, not by lines of a file.</summary>
    public void AddOfArea(int line, string? code, string? name, string field, string zh, string en)
    {
        string?[] known = [code, name];
        var area = string.Join(
            ' ', known.OfType<string>().Where(text => text.Length > 0).Select(text => WholeText.Shorten(text)));
        var (beforeZh, beforeEn) = area.Length > 0 ? ($"{area}：", $"{area}: ") : ("", "");
        Add(PackageFiles.Areas, line, field, beforeZh + zh, beforeEn + en);
    }

    /// <summary>A problem of an area.</summary>
    public void Add(Located<AreaEntry> area, string field, string zh, string en) =>
        AddOfArea(area.Line, area.Value.Code.Value, area.Value.Name, field, zh, en);

    /// <summary>Reports a key that an earlier row has.</summary>
    public void Once<TKey, T>(
        Dictionary<TKey, Located<T>> seen, TKey key, Located<T> row, string file, string field)
        where TKey : notnull
    {
        if (!seen.TryAdd(key, row))
            Add(file, row.Line, field, $"与第 {seen[key].Line} 行重复", $"repeats that of line {seen[key].Line}");
    }

    public IReadOnlyList<ImportProblem> ToList() => _unlisted == 0
        ? _problems
        : [.. _problems, new ImportProblem("…", 0, "", $"另有 {_unlisted} 个问题未列出", $"and {_unlisted} more problems")];
}
