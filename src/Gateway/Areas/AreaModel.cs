using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// One area as its frames make it: a snapshot that is kept up to date. Not thread-safe; its channel locks.
/// </summary>
internal sealed class AreaModel(AreaSnapshot start)
{
    private readonly Dictionary<AreaCode, ChildEntry> _children = start.Children.ToDictionary(child => child.Code);
    private readonly Dictionary<CaseNumber, IncidentCard> _incidents = start.Incidents.ToDictionary(card => card.Id);
    private readonly Dictionary<string, WorkerDot> _workers = start.Workers.ToDictionary(dot => dot.Id);
    private DateTimeOffset _at = start.At;
    private AreaSummary _summary = start.Summary;

    public long Epoch => start.Epoch;

    public long Version { get; private set; } = start.Version;

    public AreaSnapshot Snapshot => start with
    {
        Version = Version,
        At = _at,
        Summary = _summary,
        Children = [.. _children.Values.OrderBy(child => child.Code)],
        Incidents = [.. _incidents.Values],
        Workers = [.. _workers.Values],
    };

    public bool Holds(CaseNumber number) => _incidents.ContainsKey(number);

    /// <summary>False at a gap: the holder has to ask for the whole.</summary>
    public bool Apply(AreaFrame frame)
    {
        if (frame.Epoch != Epoch || frame.From != Version)
            return false;

        (Version, _at, _summary) = (frame.To, frame.At, frame.Summary ?? _summary);
        foreach (var child in frame.Children ?? [])
            _children[child.Code] = child;

        foreach (var number in frame.Incidents?.Gone ?? [])
            _incidents.Remove(number);

        foreach (var card in frame.Incidents?.Put ?? [])
            _incidents[card.Id] = card;

        foreach (var id in frame.Workers?.Gone ?? [])
            _workers.Remove(id);

        foreach (var dot in frame.Workers?.Put ?? [])
            _workers[dot.Id] = dot;

        return true;
    }
}
