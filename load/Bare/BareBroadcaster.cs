using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Load.Bare;

/// <summary>
/// Sends each area's group a frame at a fixed rate. Waits for a send before the next one to the same group, which is
/// how SignalR tells that clients are too slow; ticks that are missed meanwhile are not made up for.
/// </summary>
internal sealed class BareBroadcaster(IHubContext<BareHub> hub, TimeProvider time)
{
    /// <summary>Most frames a second of one area.</summary>
    public const double RateMax = 100;

    /// <summary>Name of the client's method, as the product has it.</summary>
    private const string FrameMethod = "frame";

    private static readonly string[] s_head = ["code", "epoch", "from", "to", "at"];

    private readonly ConcurrentDictionary<string, long> _versions = new();
    private CancellationTokenSource _stopping = new();
    private Task _sending = Task.CompletedTask;

    public long Epoch { get; } = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public long VersionOf(string code) => _versions.GetOrAdd(code, 1);

    /// <summary>Goes by another order from now on.</summary>
    /// <exception cref="ArgumentException">The rate is out of bounds.</exception>
    public async Task GoByAsync(BareOrder order)
    {
        if (order.Rate is not (>= 0 and <= RateMax))
        {
            throw new ArgumentException($"the rate is {order.Rate}; it has to be 0-{RateMax}", nameof(order));
        }

        await _stopping.CancelAsync();
        await _sending;
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        var period = order.Rate > 0 ? TimeSpan.FromSeconds(1 / order.Rate) : TimeSpan.Zero;
        _sending = order.Rate > 0
            ? Task.WhenAll(order.Frames.Select((entry, i) =>
                SendAsync(entry.Key, Rest(entry.Value), period, period * i / order.Frames.Count, _stopping.Token)))
            : Task.CompletedTask;
    }

    private static Dictionary<string, JsonElement> Rest(JsonElement frame) => frame.EnumerateObject()
        .Where(property => !s_head.Contains(property.Name))
        .ToDictionary(property => property.Name, property => property.Value.Clone());

    private async Task SendAsync(
        string code, Dictionary<string, JsonElement> rest, TimeSpan period, TimeSpan offset, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(offset, time, cancellation);
            using var timer = new PeriodicTimer(period, time);
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                var to = _versions.AddOrUpdate(code, 2, static (_, version) => version + 1);
                var frame = new BareFrame(code, Epoch, to - 1, to, time.GetUtcNow()) { Rest = rest };
                await hub.Clients.Group(code).SendAsync(FrameMethod, frame, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // There is another order.
        }
    }
}
