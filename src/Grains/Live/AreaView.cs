using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;

namespace GridMesh.Grains.Live;

/// <summary>
/// What somebody who watches an area sees besides its numbers: its newest open cases and its workers. Lives only while
/// watched; shows as much as a snapshot holds; tells its outlets what was touched. What it was told of beyond that (a
/// grid's open cases, or a snapshot of each child) it keeps, so that the next one comes up when one leaves.
/// </summary>
public sealed class AreaView(
    int incidentsMax = AreaSnapshot.IncidentsMax, int workersMax = AreaSnapshot.WorkersMax)
{
    private readonly Dictionary<CaseNumber, IncidentCard> _cards = [];
    private readonly SortedSet<(DateTimeOffset At, string Number)> _shown = [];
    private readonly SortedSet<(DateTimeOffset At, string Number)> _beyond = [];
    private readonly Dictionary<string, (WorkerDot Dot, AreaCode Child)> _workers = [];

    /// <summary>Who is told; each keeps its own pace.</summary>
    public List<FrameSource> Sources { get; } = [];

    public ImmutableArray<IncidentCard> Cards => [.. _cards.Values.Where(IsShown)];

    public ImmutableArray<WorkerDot> Workers => [.. _workers.Values.Select(entry => entry.Dot)];

    /// <summary>Null where it is not open, or not among the newest.</summary>
    public IncidentCard? Card(CaseNumber number) =>
        _cards.TryGetValue(number, out var card) && IsShown(card) ? card : null;

    public WorkerDot? Worker(string id) => _workers.TryGetValue(id, out var entry) ? entry.Dot : null;

    /// <summary>Puts an open case, or takes one away that is not open any more.</summary>
    public void Put(IncidentCard card)
    {
        if (_cards.TryGetValue(card.Id, out var old) && old.Version >= card.Version)
            return;

        if (!card.Step.IsOpen())
        {
            Remove(card.Id);
            return;
        }

        _cards[card.Id] = card;
        if (old is null)
            Place(AgeOf(card));

        Touch(card.Id);
    }

    public void Remove(CaseNumber number)
    {
        if (!_cards.Remove(number, out var card) || _beyond.Remove(AgeOf(card)))
            return;

        _shown.Remove(AgeOf(card));
        Touch(number);
        if (_beyond.Count > 0)
            Move(_beyond.Max, _beyond, _shown);
    }

    /// <summary>Shows a worker who is on duty and whose place is known; off duty nobody is shown.</summary>
    public void Put(WorkerDot dot, AreaCode child)
    {
        if (dot.Status == WorkerStatus.OffDuty || dot.Lng is null)
        {
            RemoveWorker(dot.Id);
            return;
        }

        if (_workers.Count >= workersMax && !_workers.ContainsKey(dot.Id))
            return;

        _workers[dot.Id] = (dot, child);
        Touch(dot.Id);
    }

    public void RemoveWorker(string id)
    {
        if (_workers.Remove(id))
            Touch(id);
    }

    /// <summary>Puts the whole view of a child in the place of what was known of it.</summary>
    public void Replace(AreaSnapshot child)
    {
        var cards = child.Incidents.Select(card => card.Id).ToHashSet();
        foreach (var stale in _cards.Keys.Where(id => child.Code.Contains(id.Grid) && !cards.Contains(id)).ToArray())
            Remove(stale);

        foreach (var card in child.Incidents)
            Put(card);

        var workers = child.Workers.Select(dot => dot.Id).ToHashSet();
        foreach (var (id, _) in _workers.Where(w => w.Value.Child == child.Code && !workers.Contains(w.Key)).ToArray())
            RemoveWorker(id);

        foreach (var dot in child.Workers)
            Put(dot, child.Code);
    }

    /// <summary>Applies the next delta of a child.</summary>
    public void Apply(AreaFrame frame)
    {
        foreach (var number in frame.Incidents?.Gone ?? [])
            Remove(number);

        foreach (var card in frame.Incidents?.Put ?? [])
            Put(card);

        foreach (var id in frame.Workers?.Gone ?? [])
            RemoveWorker(id);

        foreach (var dot in frame.Workers?.Put ?? [])
            Put(dot, frame.Code);
    }

    private static (DateTimeOffset At, string Number) AgeOf(IncidentCard card) => (card.ReportedAt, card.Id.Value);

    private bool IsShown(IncidentCard card) => _beyond.Count == 0 || _shown.Contains(AgeOf(card));

    private void Place((DateTimeOffset At, string Number) age)
    {
        if (_shown.Count == incidentsMax && age.CompareTo(_shown.Min) < 0)
        {
            _beyond.Add(age);
            return;
        }

        _shown.Add(age);
        if (_shown.Count > incidentsMax)
            Move(_shown.Min, _shown, _beyond);
    }

    private void Move(
        (DateTimeOffset At, string Number) age, SortedSet<(DateTimeOffset At, string Number)> from,
        SortedSet<(DateTimeOffset At, string Number)> to)
    {
        from.Remove(age);
        to.Add(age);
        Touch(CaseNumber.Parse(age.Number));
    }

    private void Touch(CaseNumber number)
    {
        foreach (var outlet in Sources)
            outlet.Touch(number);
    }

    private void Touch(string worker)
    {
        foreach (var outlet in Sources)
            outlet.Touch(worker);
    }
}
