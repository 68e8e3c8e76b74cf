using GridMesh.Engine.Activations;
using GridMesh.Engine.Calls;
using GridMesh.Engine.Hosting;
using GridMesh.Engine.Proxies;
using GridMesh.Engine.Reminders;
using GridMesh.Engine.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace GridMesh.Engine;

/// <summary>The engine: the grain classes with their activations, and everything they share.</summary>
internal sealed class GrainEngine : IDisposable
{
    private readonly PendingCalls _pending = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly long _callTimeout;
    private long _nextCollection;
    private volatile Stage _stage;

    public GrainEngine(
        IServiceProvider services, EngineRegistration registration, EngineStats stats, ILogger<GrainEngine> log)
    {
        Services = services;
        Registrations = registration.Services;
        Options = registration.Options;
        Stats = stats;
        Log = log;
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Clock = new EngineClock(Time, Options.CallTimeout);
        _callTimeout = Clock.Span(Options.CallTimeout);
        Factory = new EmbeddedGrainFactory(this);
        Streams = new StreamHub(this);
        Kinds = registration.GrainTypes().Select(type => new GrainKind(this, type)).ToArray();
        KindsByName = Kinds.ToDictionary(kind => kind.Name);
        Reminders = new ReminderService(this, services.GetRequiredService<IReminderStore>());
        stats.CountActivationsWith(
            () => Kinds.ToDictionary(kind => kind.Name, kind => kind.Count),
            () => Reminders.AllWait && Kinds.All(kind => kind.Activations.All(activation => activation.Load == 0)));
    }

    private enum Stage
    {
        Made,
        Running,
        Stopping,
        Stopped,
    }

    public IServiceProvider Services { get; }

    public IServiceCollection Registrations { get; }

    public EngineOptions Options { get; }

    public EngineStats Stats { get; }

    public ILogger Log { get; }

    public TimeProvider Time { get; }

    public EngineClock Clock { get; }

    public EmbeddedGrainFactory Factory { get; }

    public StreamHub Streams { get; }

    public ReminderService Reminders { get; }

    public IReadOnlyList<GrainKind> Kinds { get; }

    public IReadOnlyDictionary<string, GrainKind> KindsByName { get; }

    /// <summary>Signalled when a stop runs out of time.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public bool HasStopped => _stage == Stage.Stopped;

    /// <summary>From here on nothing begins by itself: what runs and what waits ends, and that is all.</summary>
    public bool IsStopping => _stage is Stage.Stopping or Stage.Stopped;

    /// <summary>Whether the code that runs now may call: while the engine stops, only grains may.</summary>
    public bool Accepts => _stage switch
    {
        Stage.Running => true,
        Stage.Stopping => Activation.Current is not null,
        _ => false,
    };

    public static SiloUnavailableException Unavailable() => new("The engine is not running, so the call was refused.");

    public SiloUnavailableException Refuse()
    {
        Stats.RefusedCount.Increment();
        return Unavailable();
    }

    /// <summary>Lets a request end in a TimeoutException when its time is over.</summary>
    public void Await(Request request) => _pending.Add(request, Clock.Now + Clock.Tick + _callTimeout);

    /// <summary>Puts a request into the mailbox of the grain, or ends it with the reason why not.</summary>
    /// <returns>The activation that has it, to try first the next time.</returns>
    public Activation? Deliver(GrainKind kind, string key, Request request, Activation? first = null)
    {
        for (var activation = first ?? kind.Find(key); activation is not null; activation = kind.Find(key))
        {
            switch (activation.Receive(request))
            {
                case Activation.Receipt.Accepted:
                    return activation;
                case Activation.Receipt.Full:
                    Stats.RefusedCount.Increment();
                    EngineLog.MailboxFull(Log, activation, Options.MailboxMax);
                    End(request, new LimitExceededException(
                        nameof(EngineOptions.MailboxMax), Options.MailboxMax, Options.MailboxMax, activation));
                    return activation;
            }
        }

        End(request, Refuse());
        return null;
    }

    /// <summary>A task of a grain's own coming or going, bounded by the call timeout.</summary>
    public Task BoundAsync(Task task) => task.IsCompleted ? task : task.WaitAsync(Options.CallTimeout, Time);

    public void Dispose()
    {
        Clock.Stop();
        _stopping.Dispose();
    }

    public async Task StartAsync(CancellationToken ct)
    {
        _nextCollection = Clock.After(Options.CollectionInterval);
        Clock.Start(Sweep);
        _stage = Stage.Running;
        await Reminders.StartAsync(ct);
    }

    /// <summary>
    /// Refuses new calls from outside, lets everything in the mailboxes run, and deactivates all grains. Grains that
    /// are called while that goes on come up once more, so it is repeated until none is left or time is up.
    /// </summary>
    public async Task StopAsync(CancellationToken ct)
    {
        if (_stage != Stage.Running)
            return;
        _stage = Stage.Stopping;
        Reminders.Stop();
        using var time = new CancellationTokenSource(Options.StopTimeout, Time);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
        try
        {
            var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The engine stops.");
            while (Kinds.SelectMany(kind => kind.Activations).Select(activation => activation.DrainAsync(reason))
                .ToList() is { Count: > 0 } all)
                await Task.WhenAll(all).WaitAsync(bound.Token);
            foreach (var store in Services.GetServices<IGrainStateStore>())
                await store.FlushAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            // Out of time: what is left is named, and the process may end.
            EngineLog.StopTimedOut(Log, Kinds.Sum(kind => kind.Activations.Count()), Options.StopTimeout);
        }
        finally
        {
            _stage = Stage.Stopped;
            await _stopping.CancelAsync();
            Clock.Stop();
            foreach (var request in _pending.TakeExpired(long.MaxValue))
                request.Fail(Unavailable());
        }
    }

    /// <summary>Lets idle activations go.</summary>
    public void Collect()
    {
        var now = Clock.Now;
        foreach (var kind in Kinds)
            kind.Collect(now - Clock.Span(Options.CollectionAge), now);
    }

    private void Sweep()
    {
        foreach (var request in _pending.TakeExpired(Clock.Now))
        {
            Stats.TimeoutCount.Increment();
            request.Fail(new TimeoutException(
                $"No answer within {nameof(EngineOptions.CallTimeout)} {Options.CallTimeout}."));
        }

        if (Clock.Now < _nextCollection)
            return;
        _nextCollection = Clock.After(Options.CollectionInterval);
        Collect();
    }

    private static void End(Request request, Exception exception)
    {
        PendingCalls.Remove(request);
        request.Fail(exception);
    }
}
