using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;

namespace GridMesh.Gateway.Areas;

/// <summary>Two frames in a row as one: what a slow client gets instead of both.</summary>
internal static class FrameMerge
{
    /// <exception cref="ArgumentException">The second does not follow the first.</exception>
    public static AreaFrame Merge(AreaFrame first, AreaFrame second)
    {
        if (first.Epoch != second.Epoch || first.To != second.From)
        {
            throw new ArgumentException(
                $"{second.Epoch}/{second.From} does not follow {first.Epoch}/{first.To}", nameof(second));
        }

        return second with
        {
            From = first.From,
            Summary = second.Summary ?? first.Summary,
            Children = Children(first.Children, second.Children),
            Incidents = Incidents(first.Incidents, second.Incidents),
            Workers = Workers(first.Workers, second.Workers),
        };
    }

    private static ImmutableArray<ChildEntry>? Children(
        ImmutableArray<ChildEntry>? first, ImmutableArray<ChildEntry>? second)
    {
        if (first is not { } a || second is not { } b)
        {
            return first ?? second;
        }

        var merged = a.ToDictionary(child => child.Code);
        foreach (var child in b)
        {
            merged[child.Code] = child;
        }

        return [.. merged.Values];
    }

    private static IncidentChanges? Incidents(IncidentChanges? first, IncidentChanges? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        var (put, gone) = Changes(
            first.Put.Select(card => (card.Id, card)), first.Gone, second.Put.Select(card => (card.Id, card)),
            second.Gone);
        return new IncidentChanges(put, gone);
    }

    private static WorkerChanges? Workers(WorkerChanges? first, WorkerChanges? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        var (put, gone) = Changes(
            first.Put.Select(dot => (dot.Id, dot)), first.Gone, second.Put.Select(dot => (dot.Id, dot)), second.Gone);
        return new WorkerChanges(put, gone);
    }

    /// <summary>The later word on each key counts.</summary>
    private static (ImmutableArray<T> Put, ImmutableArray<TKey> Gone) Changes<TKey, T>(
        IEnumerable<(TKey Key, T Value)> put1, IEnumerable<TKey> gone1,
        IEnumerable<(TKey Key, T Value)> put2, IEnumerable<TKey> gone2)
        where TKey : notnull
        where T : class
    {
        var last = new Dictionary<TKey, T?>();
        foreach (var (key, value) in put1.Select(e => (e.Key, (T?)e.Value)).Concat(gone1.Select(key => (key, (T?)null)))
            .Concat(put2.Select(e => (e.Key, (T?)e.Value))).Concat(gone2.Select(key => (key, (T?)null))))
        {
            last[key] = value;
        }

        return ([.. last.Values.OfType<T>()], [.. last.Where(entry => entry.Value is null).Select(entry => entry.Key)]);
    }
}
