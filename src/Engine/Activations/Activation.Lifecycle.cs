using GridMesh.Engine.Calls;
using Orleans;
using Orleans.Runtime;

namespace GridMesh.Engine.Activations;

/// <content>Coming and going.</content>
internal sealed partial class Activation
{
    private bool _leaving;
    private bool _draining;
    private bool _counted;
    private DeactivationReason _reason;

    /// <summary>Nothing runs any more and somebody wants it gone; while draining also nothing waits any more.</summary>
    private bool ShouldDeactivate =>
        _leaving && _phase == Phase.Ready && _active == 0 && (!_draining || _waiting.IsEmpty);

    /// <summary>
    /// Runs the activation on this thread if the budget allows it, else on the pool. Called once, by who made it.
    /// </summary>
    public void Start(bool mayInline)
    {
        lock (_gate)
        {
            if (!mayInline || !InlineBudget.TryTake())
            {
                _turns.Add(new ActivationTurn());
                Wake();
                return;
            }

            _owned = true;
        }

        var scope = new InlineScope(this);
        BeginActivation();
        scope.Leave();
        lock (_gate)
        {
            _owned = false;
            Wake();
        }
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
            Leave(deactivationReason);
    }

    /// <summary>Lets what waits run first, then deactivates. Completes when the activation is gone.</summary>
    public Task DrainAsync(DeactivationReason reason)
    {
        lock (_gate)
        {
            if (_phase == Phase.Gone)
                return Task.CompletedTask;
            _draining = true;
            AdmitWaiting();
            Leave(reason);
            return Extras.Gone.Task;
        }
    }

    public void DelayDeactivation(TimeSpan span)
    {
        lock (_gate)
            Extras.KeepUntil = span < TimeSpan.Zero ? long.MinValue : Kind.Engine.Clock.After(span);
    }

    /// <summary>Deactivates if idle since before <paramref name="unusedSince"/>.</summary>
    public void Collect(long unusedSince, long now)
    {
        lock (_gate)
        {
            var busy = _owned || _active > 0 || !_turns.IsEmpty || !_waiting.IsEmpty;
            if (busy || _phase != Phase.Ready || _lastUsed > unusedSince || _extras?.KeepUntil > now)
                return;
            Leave(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Idle for the collection age."));
        }
    }

    public void BeginActivation()
    {
        Task activated;
        try
        {
            _underConstruction = this;
            Instance = Kind.CreateInstance(this);
            _underConstruction = null;
            activated = _extras?.States is { } states
                ? ReadThenActivateAsync(states)
                : Instance.OnActivateAsync(Kind.Engine.Stopping);
        }
        catch (Exception exception)
        {
            // The constructor, or OnActivateAsync before its first await: those who wait get it.
            _underConstruction = null;
            activated = Task.FromException(exception);
        }

        if (activated.IsCompletedSuccessfully)
            BecomeReady();
        else
            _ = FinishActivationAsync(activated);
    }

    public void BeginDeactivation()
    {
        _extras?.DisposeTimers();
        Task deactivated;
        try
        {
            deactivated = Instance!.OnDeactivateAsync(_reason, Kind.Engine.Stopping);
        }
        catch (Exception exception)
        {
            // The activation goes all the same; FinishDeactivationAsync counts and logs it.
            deactivated = Task.FromException(exception);
        }

        if (deactivated.IsCompletedSuccessfully && Kind.DisposesNothing && _extras?.Scope is null)
            BecomeGone(null);
        else
            _ = FinishDeactivationAsync(deactivated);
    }

    private void Leave(DeactivationReason reason)
    {
        if (!_leaving)
        {
            _leaving = true;
            _reason = reason;
            // Asked for while activating: those who waited for the activation are served first, or it would start for
            // ever.
            _draining |= _phase == Phase.Activating;
        }

        Wake();
    }

    private async Task ReadThenActivateAsync(List<State.IReadableState> states)
    {
        foreach (var state in states)
            await state.ReadStateAsync();
        await Instance!.OnActivateAsync(Kind.Engine.Stopping);
    }

    private async Task FinishActivationAsync(Task activated)
    {
        try
        {
            await Kind.Engine.BoundAsync(activated);
            BecomeReady();
        }
        catch (Exception exception)
        {
            // Everybody who waited gets the exception, and the next call tries anew.
            CountFault(exception, observed: false);
            _extras?.DisposeTimers();
            BecomeGone(exception);
            await DisposeAsync();
        }
    }

    private async Task FinishDeactivationAsync(Task deactivated)
    {
        try
        {
            await Kind.Engine.BoundAsync(deactivated);
        }
        catch (Exception exception)
        {
            // It cannot stay because of that; counted and logged.
            CountFault(exception, observed: false);
        }

        await DisposeAsync();
        BecomeGone(null);
    }

    private async Task DisposeAsync()
    {
        try
        {
            if (Instance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (Instance as IDisposable)?.Dispose();
            if (_extras?.Scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            // Nobody is left to hear it; counted and logged.
            CountFault(exception, observed: false);
        }
    }

    private void BecomeReady()
    {
        Kind.CountActivation(1);
        lock (_gate)
        {
            _phase = Phase.Ready;
            _counted = true;
            AdmitWaiting();
        }
    }

    /// <summary>Leaves the catalog. What still waits goes to a successor, ahead of all that comes later.</summary>
    private void BecomeGone(Exception? failure)
    {
        Activation? successor = null;
        WorkQueue left;
        lock (_gate)
        {
            left = _waiting;
            _waiting = default;
            _waitingInterleaving = 0;
            if (failure is null && !left.IsEmpty)
                successor = Kind.Succeed(this, Inherit(ref left));
            else
                Kind.Remove(this);
            _phase = Phase.Gone;
            _extras?.Gone.TrySetResult();
        }

        if (_counted)
            Kind.CountActivation(-1);
        successor?.Start(mayInline: false);
        while (left.Take() is Request request)
            request.Fail(failure ?? GrainEngine.Unavailable());
    }

    private Activation Inherit(ref WorkQueue left)
    {
        var successor = new Activation(Kind, Key);
        while (left.Take() is Request request)
        {
            if ((request.Traits & CallTraits.Local) != 0)
                continue;
            successor._queued++;
            successor.AddWaiting(request);
        }

        return successor;
    }
}
