using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Subscriptions;

namespace GridMesh.Silo.Subscriptions;

/// <summary>
/// Subscriptions go on as soon as the process has started; their reminders would wake them within a minute.
/// </summary>
internal sealed class SubscriptionWaker(
    ISubscriptionStore store, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<SubscriptionWaker> log) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await Task.WhenAny(started.Task, Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAll(
                    (await store.ListAsync(stoppingToken)).Select(subscription => WakeAsync(subscription.Id)));
                return;
            }
            catch (Exception e) when (e is StorageUnavailableException or TimeoutException)
            {
                log.LogWarning(e, "The subscriptions could not be woken yet");
                await Task.Delay(s_pause, time, stoppingToken);
            }
        }
    }

    /// <summary>One that cannot be woken keeps nobody from living; its reminder tries again every minute.</summary>
    private async Task WakeAsync(string subscription)
    {
        try
        {
            await grains.GetGrain<ISubscriptionGrain>(subscription).WakeAsync();
        }
        catch (Exception e) when (e is not (StorageUnavailableException or TimeoutException))
        {
            log.LogError(e, "Subscription {Subscription} cannot be woken", subscription);
        }
    }
}
