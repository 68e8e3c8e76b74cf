using System.Collections.Concurrent;

namespace GridMesh.Load.Measuring;

/// <summary>
/// Lets an iteration wait for its card on a wall, whichever is known first: a frame often overtakes the answer to the
/// report.
/// </summary>
internal sealed class Awaited
{
    /// <summary>Most cards remembered that nobody has asked for yet; the oldest are forgotten.</summary>
    private const int EarlyMax = 200_000;

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _cards = new();
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>A card came; only its first coming counts.</summary>
    public void See(string id)
    {
        if (Of(id).TrySetResult())
        {
            _order.Enqueue(id);
            if (_order.Count > EarlyMax && _order.TryDequeue(out var oldest))
            {
                _cards.TryRemove(oldest, out _);
            }
        }
    }

    /// <summary>Ends when the card has come.</summary>
    public Task CardAsync(string id) => Of(id).Task;

    private TaskCompletionSource Of(string id) => _cards.GetOrAdd(
        id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
