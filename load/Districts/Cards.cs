namespace GridMesh.Load.Districts;

/// <summary>Lets somebody wait until a case is on a wall; its frame often overtakes the answer to the report.</summary>
internal sealed class Cards(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _cards = new();

    public void See(string id) => CardOf(id).TrySetResult();

    public bool HasSeen(string id) => _cards.TryGetValue(id, out var card) && card.Task.IsCompleted;

    public async Task<bool> WaitAsync(string id, TimeSpan patience)
    {
        var coming = CardOf(id).Task;
        await coming.WaitAsync(patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return coming.IsCompleted;
    }

    private TaskCompletionSource CardOf(string id) => _cards.GetOrAdd(
        id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
