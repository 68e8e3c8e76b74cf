using GridMesh.Contracts.Care;
using GridMesh.Contracts.Codes;
using GridMesh.Grains.Facts;

namespace GridMesh.Grains.Care;

/// <summary>
/// The watches of one grid, a fold of their facts, with a heap of when each has to be looked at. Doors are not heard of
/// here: whoever is due is looked up, and a door that was heard of moves it on. So a watch costs nothing between its
/// events, and one timer serves them all.
/// </summary>
public sealed class CareFold : FactFold<CareFact, CareSnapshot>
{
    private readonly Dictionary<string, CareLife> _watches = [];
    private readonly PriorityQueue<string, DateTimeOffset> _due = new();

    public CareFold(CareSnapshot snapshot)
        : base(snapshot.Version)
    {
        foreach (var life in snapshot.Watches)
            Put(life);
    }

    public int Count => _watches.Count;

    /// <summary>Households that are not heard of, and nobody has confirmed yet.</summary>
    public int Alarms { get; private set; }

    /// <summary>Numbers for the live grid.</summary>
    public CareBoard Board => new(Version, Alarms, Count > 0);

    public CareLife? Find(string watch) => _watches.GetValueOrDefault(watch);

    /// <summary>The watches of a building, or of the grid; alarms first, then who is due next.</summary>
    public IEnumerable<CareLife> Of(BuildingCode? building) => _watches.Values
        .Where(life => building is not { } code || life.Watch.Building == code)
        .OrderBy(life => life.AlarmedAt is null).ThenBy(life => life.DueAt ?? DateTimeOffset.MinValue)
        .ThenBy(life => life.Watch.Id, StringComparer.Ordinal);

    public bool IsWatched(BuildingCode building, string household) => _watches.Values.Any(
        life => life.Watch.Building == building && life.Watch.Household == household);

    /// <summary>A door was heard of: the window begins anew. An alarm stays until somebody has been there.</summary>
    public void Seen(string watch, DateTimeOffset at)
    {
        if (Find(watch) is { AlarmedAt: null } life && at > life.SeenAt)
            Put(life with { SeenAt = at });
    }

    /// <summary>When the next watch has to be looked at; null: none.</summary>
    public DateTimeOffset? NextDue()
    {
        while (_due.TryPeek(out var watch, out var due))
        {
            // Whoever has moved on stands in the heap again, at its new moment.
            if (Find(watch)?.DueAt == due)
                return due;

            _due.Dequeue();
        }

        return null;
    }

    /// <summary>Takes the next watch that is due; null when there is none.</summary>
    public CareLife? TakeDue(DateTimeOffset now) => NextDue() <= now ? Find(_due.Dequeue()) : null;

    /// <summary>It could not be looked at: it is due again.</summary>
    public void PutBack(CareLife life) => Put(Find(life.Watch.Id) ?? life);

    /// <summary>
    /// A door that was heard of is no fact: while all is well, any sign of life that has been says the same.
    /// </summary>
    public override IEnumerable<FoldPart> PartsAt(DateTimeOffset now) => _watches.Values.Select(life => FoldPart.Of(
        $"watch {life.Watch.Id}", life.AlarmedAt is { } at ? $"alarmed {at:O} {life.Circle}" : "well",
        life.AlarmedAt is null && life.SeenAt <= now ? life with { SeenAt = life.Watch.ConsentAt } : life));

    public override CareSnapshot ToSnapshot() => new() { Version = Version, Watches = [.. _watches.Values] };

    protected override void Fold(CareFact fact)
    {
        switch (fact)
        {
            case CareBegun begun:
                Put(new CareLife(begun.Watch, begun.At, null, CareCircle.Grid));
                break;
            case ConsentWithdrawn withdrawn:
                Remove(withdrawn.Watch);
                break;
            case CareAlarmed alarmed when Find(alarmed.Watch) is { } life:
                Put(life with { SeenAt = alarmed.SeenAt, AlarmedAt = alarmed.At, Circle = CareCircle.Grid });
                break;
            case CareWidened widened when Find(widened.Watch) is { } life:
                Put(life with { Circle = widened.Circle });
                break;
            case CareConfirmed confirmed when Find(confirmed.Watch) is { } life:
                Put(life with { SeenAt = confirmed.At, AlarmedAt = null, Circle = CareCircle.Grid });
                break;
        }
    }

    private void Put(CareLife life)
    {
        Remove(life.Watch.Id);
        _watches[life.Watch.Id] = life;
        Alarms += life.AlarmedAt is null ? 0 : 1;
        if (life.DueAt is { } due)
            _due.Enqueue(life.Watch.Id, due);
    }

    private void Remove(string watch)
    {
        if (_watches.Remove(watch, out var life))
            Alarms -= life.AlarmedAt is null ? 0 : 1;
    }
}
