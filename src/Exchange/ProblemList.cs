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
        {
            _problems.Add(new ImportProblem(file, line, field, zh, en));
        }
        else
        {
            _unlisted++;
        }
    }

    public IReadOnlyList<ImportProblem> ToList() => _unlisted == 0
        ? _problems
        : [.. _problems, new ImportProblem("…", 0, "", $"另有 {_unlisted} 个问题未列出", $"and {_unlisted} more problems")];
}
