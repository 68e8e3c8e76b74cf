using System.Collections.Immutable;
using System.Diagnostics;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;

namespace GridMesh.Gateway.Plumbing.Health;

/// <summary>
/// Wakes the live tree: the topmost areas ask their children, and so all the way down. Only then is the process ready.
/// Afterwards it looks whether all of it lives, and whatever cannot be woken is told by code (rule RU10).
/// </summary>
public sealed partial class Warmup(
    LiveTree tree, IDirectory directory, Readiness readiness, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<Warmup> log) : BackgroundService
{
    /// <summary>What a silo that goes takes with it wakes elsewhere well before this: it is no news.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_pauseWhileAllIsWell = TimeSpan.FromSeconds(5);

    /// <summary>Since when each of them is absent, as a timestamp: the wall's clock may be put back.</summary>
    private readonly Dictionary<AreaCode, long> _since = [];

    private string _told = string.Empty;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await Task.WhenAny(started.Task, Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken));
        var began = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            var absent = await tree.FindAbsentAsync();
            var lasting = Lasting(absent);
            if (readiness.IsStarting && absent.Count == 0)
            {
                LogWarm(directory.Current.Areas.Count, (long)time.GetElapsedTime(began).TotalMilliseconds,
                    (long)SinceStart().TotalMilliseconds);
            }

            if (!readiness.IsStarting || absent.Count == 0 || !lasting.IsEmpty)
            {
                readiness.Warm(lasting);
                Tell(lasting);
            }

            await Task.Delay(absent.Count == 0 ? s_pauseWhileAllIsWell : s_pause, time, stoppingToken);
        }
    }

    private ImmutableArray<AreaCode> Lasting(IReadOnlyCollection<AreaCode> absent)
    {
        var now = time.GetTimestamp();
        foreach (var gone in _since.Keys.Except(absent).ToArray())
            _since.Remove(gone);

        foreach (var code in absent)
            _since.TryAdd(code, now);

        return
        [
            .. _since.Where(entry => time.GetElapsedTime(entry.Value, now) >= s_patience)
                .Select(entry => entry.Key).Order(),
        ];
    }

    /// <summary>Once, not at every look.</summary>
    private void Tell(ImmutableArray<AreaCode> absent)
    {
        var codes = string.Join(", ", absent);
        if (codes != _told)
        {
            LogAbsent(codes.Length > 0 ? codes : "none any more");
            _told = codes;
        }
    }

    private TimeSpan SinceStart() =>
        time.GetUtcNow() - new DateTimeOffset(Process.GetCurrentProcess().StartTime.ToUniversalTime(), TimeSpan.Zero);

    [LoggerMessage(LogLevel.Information,
        "{Areas} areas are live after {Milliseconds} ms, {SinceStart} ms after the process began")]
    private partial void LogWarm(int areas, long milliseconds, long sinceStart);

    [LoggerMessage(LogLevel.Error, "Areas that cannot be woken: {Codes}")]
    private partial void LogAbsent(string codes);
}
