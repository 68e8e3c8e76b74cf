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

internal abstract class Write<TResult> : Write
{
    // Callers continue on the pool: the writer's thread belongs to the next group.
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the caller will be told; set while the group is written.</summary>
    public TResult Result { get; set; } = default!;

    public override void Complete() => _done.TrySetResult(Result);

    public override void Fail(Exception reason) => _done.TrySetException(reason);

    /// <summary>A caller that gives up leaves its write in the queue: it may still happen.</summary>
    public ValueTask<TResult> Answer(CancellationToken cancellation) =>
        new(cancellation.CanBeCanceled ? _done.Task.WaitAsync(cancellation) : _done.Task);
}
