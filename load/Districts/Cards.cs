namespace GridMesh.Load.Districts;

/// <summary>
/// Lets an iteration wait until its case is on a wall. A frame often overtakes the answer to the report, so the newest
/// <paramref name="seenMax"/> cards that nobody asked for yet are remembered.
/// </summary>
internal sealed class Cards(TimeProvider time, int seenMax = 200_000)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource> _waiting = [];
    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _order = new();

    public void See(string id)
    {
        lock (_gate)
        {
            if (_waiting.Remove(id, out var waiting))
                waiting.SetResult();
            if (!_seen.Add(id))
                return;
            _order.Enqueue(id);
            if (_order.Count > seenMax)
                _seen.Remove(_order.Dequeue());
        }
    }

    public bool HasSeen(string id)
    {
        lock (_gate)
            return _seen.Contains(id);
    }

    /// <summary>True when the card has come, false when it did not in this time. One waits for a case.</summary>
    public async Task<bool> WaitAsync(string id, TimeSpan patience)
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_seen.Contains(id))
                return true;
            _waiting.Add(id, waiting);
        }

        try
        {
            await waiting.Task.WaitAsync(patience, time);
            return true;
        }
        catch (TimeoutException)
        {
            lock (_gate)
                return !_waiting.Remove(id);
        }
    }
}
