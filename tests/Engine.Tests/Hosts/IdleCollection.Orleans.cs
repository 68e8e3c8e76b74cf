using GridMesh.Clock.Fixture;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace GridMesh.Engine.Tests.Hosts;

/// <summary>
/// Has Orleans collect by the clock of the test. Its collector counts how long a grain lies idle on the computer's own
/// clock. So this notes when, on that one, the test's clock was moved, and asks for the collection of what was last used
/// before the move that led past the collection age.
/// </summary>
internal sealed class IdleCollection : IAsyncDisposable
{
    public static readonly TimeSpan Age = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Quantum = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RoomBefore = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RoomAfter = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan ScanPeriod = TimeSpan.FromMilliseconds(20);

    private readonly FakeTime _time;
    private readonly Func<TimeSpan, CancellationToken, Task> _collect;
    private readonly List<(DateTimeOffset From, long Ticks)> _moves = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _scans = Task.CompletedTask;

    public IdleCollection(IServiceProvider services, FakeTime time)
    {
        _time = time;

        // The public door, IManagementGrain, counts the age from when its request arrives, which is too late by an unknown span.
        var collector = typeof(PersistentStateAttribute).Assembly.GetType("Orleans.Runtime.ActivationCollector", throwOnError: true)!;
        _collect = collector.GetMethod("CollectActivations")!
            .CreateDelegate<Func<TimeSpan, CancellationToken, Task>>(services.GetRequiredService(collector));
    }

    /// <summary>Draws the line between what was used before and after a move of the clock.</summary>
    public void BeforeAdvance(TimeSpan span)
    {
        if (span < Quantum)
            return;

        // A grain notes that it is idle just after its answer, and a scan counts back from a moment just before it looks.
        // The room on both sides of the line is for these two, on a machine that has a lot to do.
        Thread.Sleep(RoomBefore);
        lock (_moves)
            _moves.Add((_time.GetUtcNow(), Environment.TickCount64));
        Thread.Sleep(RoomAfter);
        if (_scans.IsCompleted)
            _scans = Task.Run(ScanAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _scans;
        _stop.Dispose();
    }

    /// <summary>Again and again, since a grain that is about to finish a turn is passed over.</summary>
    private async Task ScanAsync()
    {
        using var timer = new PeriodicTimer(ScanPeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (UnusedSince() is { } ticks)
                    await _collect(TimeSpan.FromMilliseconds(Environment.TickCount64 - ticks), _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The host is taken down.
        }
    }

    /// <summary>When the clock was last moved away from a moment that lies the collection age back.</summary>
    private long? UnusedSince()
    {
        var since = _time.GetUtcNow() - Age;
        lock (_moves)
        {
            var index = _moves.FindLastIndex(move => move.From <= since);
            return index < 0 ? null : _moves[index].Ticks;
        }
    }
}
