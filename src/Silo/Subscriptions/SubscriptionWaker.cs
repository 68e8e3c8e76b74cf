using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Subscriptions;
using Orleans.Runtime;

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
                foreach (var subscription in await store.ListAsync(stoppingToken))
                {
                    await grains.GetGrain<ISubscriptionGrain>(subscription.Id).WakeAsync();
                }

                return;
            }
            catch (Exception e) when (e is StorageUnavailableException or TimeoutException or OrleansException)
            {
                log.LogWarning(e, "The subscriptions could not be woken yet");
                await Task.Delay(s_pause, time, stoppingToken);
            }
        }
    }
}
