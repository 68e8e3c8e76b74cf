using GridMesh.Engine.Activations;

namespace GridMesh.Engine.Calls;

/// <summary>A call that waits in a mailbox, or runs on after its first await.</summary>
internal abstract class Request(CallTraits traits) : WorkItem
{
    public CallTraits Traits { get; } = traits;

    /// <summary>What the caller's async-local values were; null for calls of the engine itself.</summary>
    public ExecutionContext? Context { get; init; }

    public abstract bool IsSettled { get; }

    /// <summary>Where the request waits for its timeout; owned by <see cref="PendingCalls"/>.</summary>
    internal PendingCalls.Stripe? Stripe { get; set; }

    internal Request? Older { get; set; }

    internal Request? Newer { get; set; }

    internal long Deadline { get; set; }

    /// <summary>Ends the request without running it, or before it has ended by itself.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A call of one kind with the place for its answer.</summary>
internal sealed class Request<TCall, T> : Request
    where TCall : struct, ICall<T>
{
    private readonly TCall _call;
    private readonly TaskCompletionSource<T>? _answer;
    private Activation? _activation;
    private ValueTask<T> _running;

    public Request(in TCall call, CallTraits traits)
        : base(traits)
    {
        _call = call;
        if ((traits & CallTraits.OneWay) == 0)
            _answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The answer to come; a completed default for one-way calls.</summary>
    public ValueTask<T> Answer => _answer is null ? default : new ValueTask<T>(_answer.Task);

    public override bool IsSettled => _answer is { Task.IsCompleted: true };

    public override void Run(Activation activation)
    {
        if (IsSettled)
        {
            // It timed out while it waited, and nobody would see the answer.
            activation.EndRequest(Traits);
            return;
        }

        if (Context is not null)
            ExecutionContext.Restore(Context);
        ValueTask<T> running;
        try
        {
            running = _call.Invoke(activation.Instance!);
        }
        catch (Exception exception)
        {
            // Thrown before the first await of the method: the caller gets it all the same.
            running = ValueTask.FromException<T>(exception);
        }

        Follow(activation, running);
    }

    /// <summary>
    /// Waits for the method to end, in place of a caller who cannot be kept waiting without a timeout.
    /// </summary>
    public void Follow(Activation activation, ValueTask<T> running)
    {
        _activation = activation;
        _running = running;
        if (running.IsCompleted)
            End();
        else
            running.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(End);
    }

    public override void Fail(Exception exception) => _answer?.TrySetException(exception);

    private void End()
    {
        var activation = _activation!;
        T answer = default!;
        Exception? error = null;
        try
        {
            answer = _running.GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            // It belongs to the caller; the grain stays usable.
            error = exception;
            activation.CountFault(exception, observed: _answer is not null);
        }

        // The activation first: whoever sees the answer also sees its effects, such as a deactivation.
        activation.EndRequest(Traits);
        if (_answer is null)
            return;
        PendingCalls.Remove(this);
        if (error is null)
            _answer.TrySetResult(answer);
        else
            _answer.TrySetException(error);
    }
}
