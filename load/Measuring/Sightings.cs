namespace GridMesh.Load.Measuring;

/// <summary>
/// Brings together a report and its card on a wall, whichever is known first: a frame often overtakes the answer to the
/// report. Remembers the newest <paramref name="seenMax"/> cards that nobody asked for yet.
/// </summary>
internal sealed class Sightings(int seenMax, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _expected = [];
    private readonly Dictionary<string, long> _seen = [];
    private readonly Queue<string> _order = new();

    /// <summary>From the moment a report was meant to be sent until its card was on the wall.</summary>
    public Histogram Latency { get; } = new();

    /// <summary>Reports whose card has not come yet.</summary>
    public int Missing
    {
        get
        {
            lock (_gate)
            {
                return _expected.Count;
            }
        }
    }

    /// <summary>A case was acknowledged.</summary>
    /// <param name="intended">Timestamp at which its report was meant to be sent.</param>
    public void Expect(string id, long intended)
    {
        lock (_gate)
        {
            if (_seen.TryGetValue(id, out var at))
            {
                Latency.Record(time.GetElapsedTime(intended, at));
            }
            else
            {
                _expected.TryAdd(id, intended);
            }
        }
    }

    /// <summary>A card came; only its first coming counts.</summary>
    public void See(string id, long at)
    {
        lock (_gate)
        {
            if (_expected.Remove(id, out var intended))
            {
                Latency.Record(time.GetElapsedTime(intended, at));
            }

            if (_seen.TryAdd(id, at))
            {
                _order.Enqueue(id);
                if (_order.Count > seenMax)
                {
                    _seen.Remove(_order.Dequeue());
                }
            }
        }
    }
}
