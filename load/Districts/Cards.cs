namespace GridMesh.Load.Districts;

/// <summary>
/// Lets an iteration wait until its case is on a wall. A frame often overtakes the answer to the report, so the newest
/// <paramref name="seenMax"/> cards that nobody asked for yet are remembered.
/// </summary>
internal sealed class Cards(TimeProvider time, int seenMax = 200_000)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _cards = new();
    private readonly ConcurrentQueue<string> _seen = new();

    public void See(string id)
    {
        if (!CardOf(id).TrySetResult())
            return;
        _seen.Enqueue(id);
        if (_seen.Count > seenMax && _seen.TryDequeue(out var oldest))
            _cards.TryRemove(oldest, out _);
    }

    public bool HasSeen(string id) => _cards.TryGetValue(id, out var card) && card.Task.IsCompleted;

    /// <summary>True when the card has come, false when it did not in this time.</summary>
    public async Task<bool> WaitAsync(string id, TimeSpan patience)
    {
        var coming = CardOf(id).Task;
        await coming.WaitAsync(patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return coming.IsCompleted;
    }

    private TaskCompletionSource CardOf(string id) => _cards.GetOrAdd(
        id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
