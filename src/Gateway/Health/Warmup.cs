using System.Diagnostics;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using Orleans.Runtime;

namespace GridMesh.Gateway.Health;

/// <summary>
/// Wakes the live tree: the topmost areas ask their children, and so all the way down. Only then is the process ready.
/// </summary>
internal sealed partial class Warmup(
    IClusterClient client, IDirectory directory, Readiness readiness, IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<Warmup> log) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await Task.WhenAny(started.Task, Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken));
        var view = directory.Current;
        var tops = view.Data.Areas.Where(area => area.Code.Tier != Tier.Grid
            && (area.Code.Parent is not { } parent || !view.Areas.ContainsKey(parent))).ToArray();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var began = time.GetTimestamp();
                await Task.WhenAll(tops.Select(top => client.GetGrain<IAreaGrain>(top.Code.Value).GetReportAsync()));
                LogWarm(view.Areas.Count, (long)time.GetElapsedTime(began).TotalMilliseconds,
                    (long)SinceStart().TotalMilliseconds);
                readiness.Warm();
                return;
            }
            catch (Exception e) when (e is StorageUnavailableException or TimeoutException or OrleansException)
            {
                LogRetry(e);
                await Task.Delay(s_pause, time, stoppingToken);
            }
        }
    }

    private TimeSpan SinceStart() =>
        time.GetUtcNow() - new DateTimeOffset(Process.GetCurrentProcess().StartTime.ToUniversalTime(), TimeSpan.Zero);

    [LoggerMessage(LogLevel.Information,
        "{Areas} areas are live after {Milliseconds} ms, {SinceStart} ms after the process began")]
    private partial void LogWarm(int areas, long milliseconds, long sinceStart);

    [LoggerMessage(LogLevel.Warning, "The live tree could not be woken yet")]
    private partial void LogRetry(Exception exception);
}
