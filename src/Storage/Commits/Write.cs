using System.Threading.Tasks.Sources;

namespace GridMesh.Storage.Commits;

/// <summary>Something that waits for a durable transaction.</summary>
internal abstract class Write
{
    /// <summary>Rows it adds, counted against the bounds of group and queue.</summary>
    public virtual int Weight => 1;

    /// <summary>Answers the caller; called once the transaction is on disk.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception reason);
}

/// <summary>A write is its own answer: one object for each, and its caller awaits it once.</summary>
internal abstract class Write<TResult> : Write, IValueTaskSource<TResult>, IValueTaskSource
{
    // Callers continue on the pool: the writer's thread belongs to the next group.
    private ManualResetValueTaskSourceCore<TResult> _done = new() { RunContinuationsAsynchronously = true };
    private bool _isDone;

    /// <summary>What the caller will be told; set while the group is written.</summary>
    public TResult Result { get; set; } = default!;

    public override void Complete()
    {
        if (!Interlocked.Exchange(ref _isDone, true))
            _done.SetResult(Result);
    }

    public override void Fail(Exception reason)
    {
        if (!Interlocked.Exchange(ref _isDone, true))
            _done.SetException(reason);
    }

    /// <summary>Once only. A caller that gives up leaves its write in the queue: it may still happen.</summary>
    public ValueTask<TResult> Answer(CancellationToken cancellation)
    {
        var answer = new ValueTask<TResult>(this, _done.Version);
        return cancellation.CanBeCanceled ? new(answer.AsTask().WaitAsync(cancellation)) : answer;
    }

    /// <summary>The same for who needs no result.</summary>
    public ValueTask Done(CancellationToken cancellation)
    {
        var done = new ValueTask(this, _done.Version);
        return cancellation.CanBeCanceled ? new(done.AsTask().WaitAsync(cancellation)) : done;
    }

    TResult IValueTaskSource<TResult>.GetResult(short token) => _done.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _done.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _done.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _done.GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);
}
