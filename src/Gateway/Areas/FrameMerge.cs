using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;

namespace GridMesh.Gateway.Areas;

/// <summary>Frames in a row as one: what a slow client gets instead of each.</summary>
internal static class FrameMerge
{
    /// <param name="frames">One at least, each following the one before.</param>
    /// <exception cref="ArgumentException">One does not follow the one before.</exception>
    public static AreaFrame Merge(IReadOnlyList<AreaFrame> frames)
    {
        for (var i = 1; i < frames.Count; i++)
        {
            if (frames[i - 1].Epoch != frames[i].Epoch || frames[i - 1].To != frames[i].From)
            {
                throw new ArgumentException(
                    $"{frames[i].Epoch}/{frames[i].From} does not follow {frames[i - 1].Epoch}/{frames[i - 1].To}",
                    nameof(frames));
            }
        }

        return frames[^1] with
        {
            From = frames[0].From,
            Summary = frames.Select(frame => frame.Summary).LastOrDefault(summary => summary is not null),
            Children = Children(frames),
            Incidents = Incidents([.. frames.Select(frame => frame.Incidents).OfType<IncidentChanges>()]),
            Workers = Workers([.. frames.Select(frame => frame.Workers).OfType<WorkerChanges>()]),
        };
    }

    private static ImmutableArray<ChildEntry>? Children(IReadOnlyList<AreaFrame> frames)
    {
        if (frames.All(frame => frame.Children is null))
            return null;

        var last = new Dictionary<AreaCode, ChildEntry>();
        foreach (var child in frames.SelectMany(frame => frame.Children ?? []))
            last[child.Code] = child;

        return [.. last.Values];
    }

    private static IncidentChanges? Incidents(IReadOnlyList<IncidentChanges> changes)
    {
        var (put, gone) = Last(changes.Select(c => (c.Put.Select(card => (card.Id, card)), c.Gone.AsEnumerable())));
        return changes.Count == 0 ? null : new IncidentChanges(put, gone);
    }

    private static WorkerChanges? Workers(IReadOnlyList<WorkerChanges> changes)
    {
        var (put, gone) = Last(changes.Select(c => (c.Put.Select(dot => (dot.Id, dot)), c.Gone.AsEnumerable())));
        return changes.Count == 0 ? null : new WorkerChanges(put, gone);
    }

    /// <summary>The last word on each key counts.</summary>
    private static (ImmutableArray<T> Put, ImmutableArray<TKey> Gone) Last<TKey, T>(
        IEnumerable<(IEnumerable<(TKey Key, T Value)> Put, IEnumerable<TKey> Gone)> changes)
        where TKey : notnull
        where T : class
    {
        var last = new Dictionary<TKey, T?>();
        foreach (var (put, gone) in changes)
        {
            foreach (var key in gone)
                last[key] = null;

            foreach (var (key, value) in put)
                last[key] = value;
        }

        return ([.. last.Values.OfType<T>()], [.. last.Where(entry => entry.Value is null).Select(entry => entry.Key)]);
    }
}
