using GridMesh.Engine.Calls;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace GridMesh.Engine.Activations;

/// <summary>A grain in memory. It is its own synchronization context: what follows an await inside the grain comes back
/// to it as a turn, and turns run one at a time on whichever thread is free.</summary>
/// <remarks>
/// A million of these may lie idle, so whatever only some grains need is in <see cref="ActivationExtras"/>.
/// </remarks>
internal sealed partial class Activation : SynchronizationContext, IGrainContext, IThreadPoolWorkItem
{
    [ThreadStatic]
    private static Activation? _underConstruction;

    private readonly Lock _gate = new();
    private ActivationExtras? _extras;

    public Activation(GrainKind kind, string key)
    {
        Kind = kind;
        Key = key;
        _lastUsed = kind.Engine.Clock.Now;
    }

    /// <summary>The activation whose grain object is being made on this thread.</summary>
    public static Activation? UnderConstruction => _underConstruction;

    /// <summary>The activation whose turn runs on this thread.</summary>
    public static new Activation? Current => SynchronizationContext.Current as Activation;

    public GrainKind Kind { get; }

    public string Key { get; }

    public Grain? Instance { get; private set; }

    public object? GrainInstance => Instance;

    public IServiceProvider ActivationServices
    {
        get
        {
            if (!Kind.NeedsScope && _extras?.Scope is null)
                return Kind.Engine.Services;
            Extras.Scope ??= Kind.Engine.Services.CreateAsyncScope();
            return Extras.Scope.Value.ServiceProvider;
        }
    }

    public Task Deactivated
    {
        get
        {
            lock (_gate)
                return _phase == Phase.Gone ? Task.CompletedTask : Extras.Gone.Task;
        }
    }

    /// <summary>What only some activations have; made on first use.</summary>
    public ActivationExtras Extras
    {
        get
        {
            if (_extras is null)
                Interlocked.CompareExchange(ref _extras, new ActivationExtras(), null);
            return _extras;
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public override string ToString() => $"{Kind.Name}/{Key}";

    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state) => AddTurn(new Continuation(d, state));

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (Current != this)
            throw new NotSupportedException("Waiting for a turn would block a thread; post, or call the grain.");
        d(state);
    }

    /// <summary>
    /// Counts and logs an exception of a turn; a lost race for the grain's own record lets the activation go.
    /// </summary>
    public void CountFault(Exception exception, bool observed)
    {
        var engine = Kind.Engine;
        engine.Stats.TurnExceptionCount.Increment();
        if (!observed)
            EngineLog.TurnFailed(engine.Log, exception, this);
        if (exception is Orleans.Storage.InconsistentStateException lost && lost.SourceActivation == this)
        {
            Deactivate(new DeactivationReason(
                DeactivationReasonCode.ApplicationError, exception, "The state was written by somebody else."));
        }
    }

    public GrainTimer RegisterTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_phase is Phase.Deactivating or Phase.Gone, this);
            (Extras.Timers ??= []).Add(timer);
        }

        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void RemoveTimer(GrainTimer timer)
    {
        lock (_gate)
            _extras?.Timers?.Remove(timer);
    }
}
