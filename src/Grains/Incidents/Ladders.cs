using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;

namespace GridMesh.Grains.Incidents;

/// <summary>
/// Which ladder a case is filed under: the most specific one that fits, as a whole. A category says more than a line,
/// and each says more with a severity.
/// </summary>
public sealed class Ladders(IEnumerable<LadderRow> rows)
{
    private readonly Dictionary<(Line?, string?, Severity?), ImmutableArray<Rung>> _ladders = rows
        .GroupBy(row => (row.Line, row.Category, row.Severity))
        .ToDictionary(ladder => ladder.Key, ladder => ladder.Select(row => row.Rung)
            .OrderBy(rung => rung.Step).ThenBy(rung => rung.After).ToImmutableArray());

    /// <summary>The rungs in the order in which they come due; null where no ladder fits.</summary>
    public ImmutableArray<Rung>? For(FilingStandard standard, Severity severity) =>
        _ladders.Count == 0 ? null
        : Find(null, standard.Category, severity) ?? Find(null, standard.Category, null)
            ?? Find(standard.Line, null, severity) ?? Find(standard.Line, null, null)
            ?? Find(null, null, severity) ?? Find(null, null, null);

    private ImmutableArray<Rung>? Find(Line? line, string? category, Severity? severity) =>
        _ladders.TryGetValue((line, category, severity), out var rungs) ? rungs : null;
}
