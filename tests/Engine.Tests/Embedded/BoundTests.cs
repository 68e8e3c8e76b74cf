using GridMesh.Engine.Tests.Conformance;
using GridMesh.Engine.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace GridMesh.Engine.Tests.Embedded;

/// <summary>What the embedded engine adds: named bounds, counters, checked options.</summary>
public sealed class BoundTests
{
    [Fact(DisplayName = "[EN44] a full mailbox refuses the next request and names the bound")]
    public async Task Mailbox()
    {
        await using var host = await EmbeddedHost.StartAsync(options => options.MailboxMax = 3);
        var grain = host.Client.GetGrain<ILifeGrain>("full");
        var running = grain.Wait("gate");
        await host.Probe.ReachedAsync("waiting");
        var queued = Enumerable.Range(0, 3).Select(_ => grain.Calls()).ToList();
        var refused = await Should.ThrowAsync<LimitExceededException>(() => grain.Calls());
        refused.Message.ShouldContain(nameof(EngineOptions.MailboxMax));
        host.Stats.Refused.ShouldBe(1);
        host.Probe.Open("gate");
        await Task.WhenAll([running, .. queued]);
        (await grain.Calls()).ShouldBe(4);
    }

    [Fact(DisplayName = "[EN45] a slow observer outside the grains loses what is over its bound, counted, and holds nobody up")]
    public async Task StreamQueue()
    {
        await using var host = await EmbeddedHost.StartAsync(options => options.StreamQueueMax = 2);
        var stream = host.Client.GetStreamProvider("any").GetStream<int>(StreamId.Create("s", "k"));
        await stream.SubscribeAsync(async (item, _) =>
        {
            host.Probe.Note("arrived", $"{item}");
            await host.Probe.GateAsync("gate");
        });
        await stream.OnNextAsync(0);
        await host.Probe.ReachedAsync("arrived");
        await stream.OnNextBatchAsync([1, 2, 3, 4]);
        host.Stats.StreamDrops.ShouldBe(2);
        host.Probe.Open("gate");
        (await host.Probe.ReachedAsync("arrived", 3)).ShouldBe(["0", "1", "2"]);
    }

    [Fact(DisplayName = "[EN46] activations, calls, timeouts and exceptions are counted")]
    public async Task Stats()
    {
        await using var host = await EmbeddedHost.StartAsync();
        var grain = host.Client.GetGrain<ITurnGrain>("a");
        await grain.Name();
        await Should.ThrowAsync<FormatException>(() => grain.Throw("x"));
        var slow = grain.VisitThroughGate("x", "gate");
        host.AdvanceWhileRunning(TimeSpan.FromMinutes(1));
        await Should.ThrowAsync<TimeoutException>(() => slow);
        host.Stats.Calls.ShouldBe(3);
        host.Stats.TurnExceptions.ShouldBe(1);
        host.Stats.Timeouts.ShouldBe(1);
        host.Stats.Activations["turn"].ShouldBe(1);
    }

    [Fact(DisplayName = "[EN47] wrong options are refused at once, with every problem in one message")]
    public void Options()
    {
        var wrong = Should.Throw<ArgumentException>(() => new ServiceCollection().AddEmbeddedEngine(options =>
        {
            options.MailboxMax = 0;
            options.CallTimeout = TimeSpan.Zero;
            options.CollectionInterval = TimeSpan.FromHours(1);
        }));
        wrong.Message.ShouldContain(nameof(EngineOptions.MailboxMax));
        wrong.Message.ShouldContain(nameof(EngineOptions.CallTimeout));
        wrong.Message.ShouldContain(nameof(EngineOptions.CollectionInterval));
        wrong.Message.ShouldContain(nameof(EngineOptions.CollectionAge));
    }

    [Fact(DisplayName = "[EN48] a stop that runs out of time ends all the same, and its callers are told")]
    public async Task StopOutOfTime()
    {
        await using var host = await EmbeddedHost.StartAsync(options => options.CallTimeout = TimeSpan.FromHours(1));
        var stuck = host.Client.GetGrain<ILifeGrain>("stuck").Wait("never");
        await host.Probe.ReachedAsync("waiting");
        var stop = host.StopAsync();
        await Should.ThrowAsync<SiloUnavailableException>(() => host.Client.GetGrain<ILifeGrain>("new").Calls());
        host.AdvanceWhileRunning(TimeSpan.FromSeconds(21));
        await stop;
        await Should.ThrowAsync<SiloUnavailableException>(() => stuck);
    }

    [Fact(DisplayName = "[EN51] a timer that comes due while the engine stops starts nothing")]
    public async Task TimerWhileStopping()
    {
        await using var host = await EmbeddedHost.StartAsync();
        var grain = host.Client.GetGrain<ILifeGrain>("z");
        await grain.StartTimer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), interleave: true);
        var waiting = grain.Wait("gate");
        await host.Probe.ReachedAsync("waiting");
        host.AdvanceWhileRunning(TimeSpan.FromSeconds(1));
        await host.Probe.ReachedAsync("tick");
        var stop = host.StopAsync();
        await Should.ThrowAsync<SiloUnavailableException>(() => host.Client.GetGrain<ILifeGrain>("new").Calls());
        host.AdvanceWhileRunning(TimeSpan.FromSeconds(3));
        host.Probe.Open("gate");
        await Task.WhenAll(waiting, stop);
        host.Probe.Count("tick").ShouldBe(1);
    }

    [Fact(DisplayName = "[EN49] an interface of several classes, or of none, is refused with their names")]
    public async Task Ambiguous()
    {
        await using var host = await EmbeddedHost.StartAsync();
        Should.Throw<ArgumentException>(() => host.Client.GetGrain<IGrainWithStringKey>("x"))
            .Message.ShouldContain(nameof(TurnGrain));
    }

    [Fact(DisplayName = "[EN50] the engine is not idle while a reminder has ticked and not yet set its clock again")]
    public async Task ReminderBetweenTicks()
    {
        using var clock = new HeldClock();
        await using var host = await EmbeddedHost.StartAsync(see: clock.Over);
        var minute = TimeSpan.FromMinutes(1);
        var grain = host.Client.GetGrain<IRemindedGrain>("r");
        await grain.Remind(RemindedGrain.Gated, minute, minute);
        host.Advance(minute);
        await host.Probe.ReachedAsync(RemindedGrain.Gated);
        var asked = clock.Hold();
        host.Probe.Open(RemindedGrain.Gated);
        await asked;
        // The tick has ended: the grain takes requests again.
        await grain.Reminders();
        host.Stats.IsIdle.ShouldBeFalse();
        clock.Release();
        host.Advance(minute);
        await host.Probe.ReachedAsync(RemindedGrain.Gated, 2);
    }

    /// <summary>A clock that can be held: who asks it for the time waits.</summary>
    private sealed class HeldClock : TimeProvider, IDisposable
    {
        private readonly ManualResetEventSlim _open = new(true);
        private TimeProvider _clock = System;
        private TaskCompletionSource? _asked;

        public override long TimestampFrequency => _clock.TimestampFrequency;

        public TimeProvider Over(TimeProvider clock)
        {
            _clock = clock;
            return this;
        }

        /// <summary>Completes when somebody waits for the time.</summary>
        public Task Hold()
        {
            _asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _open.Reset();
            return _asked.Task;
        }

        public void Release() => _open.Set();

        public override DateTimeOffset GetUtcNow()
        {
            if (!_open.IsSet)
                _asked?.TrySetResult();
            _open.Wait();
            return _clock.GetUtcNow();
        }

        public override long GetTimestamp() => _clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            _clock.CreateTimer(callback, state, dueTime, period);

        public void Dispose() => _open.Dispose();
    }
}
