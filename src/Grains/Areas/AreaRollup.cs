using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;

namespace GridMesh.Grains.Areas;

/// <summary>
/// The latest summary of each child and their sum. Late, doubled or reordered summaries change nothing.
/// </summary>
public sealed class AreaRollup
{
    private readonly Dictionary<AreaCode, (SummaryVersion Version, AreaSummary Summary)> _children = [];
    private readonly int[] _sum = new int[AreaSummary.Width];

    public AreaSummary Sum => new([.. _sum]);

    public AreaSummary? Find(AreaCode child) =>
        _children.TryGetValue(child, out var entry) ? entry.Summary : null;

    /// <summary>
    /// A report from an earlier epoch than the one held: late, or from a machine whose clock is behind. Who cannot tell
    /// asks the child.
    /// </summary>
    public bool IsOlderActivation(ChildReport report) =>
        _children.TryGetValue(report.Child, out var held) && report.Version.Epoch < held.Version.Epoch;

    /// <summary>Takes a summary that came by itself; false when this one or a later one is known.</summary>
    public bool Apply(ChildReport report) =>
        (!_children.TryGetValue(report.Child, out var held) || report.Version > held.Version)
            && Replace(report, held.Summary);

    /// <summary>
    /// Takes the answer of the child's live activation: it holds whatever was known, also with an earlier epoch (the
    /// clock of another machine may be behind). False when the numbers are the same.
    /// </summary>
    public bool Take(ChildReport report)
    {
        var held = _children.GetValueOrDefault(report.Child).Summary;
        return Replace(report, held) && !report.Summary.Equals(held);
    }

    private bool Replace(ChildReport report, AreaSummary? held)
    {
        var old = held ?? AreaSummary.Zero;
        for (var i = 0; i < _sum.Length; i++)
            _sum[i] += report.Summary.At(i) - old.At(i);

        _children[report.Child] = (report.Version, report.Summary);
        return true;
    }
}
