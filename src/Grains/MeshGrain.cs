namespace GridMesh.Grains;

/// <summary>
/// What every grain of ours is. It wakes outside the lock that Orleans 10.4 holds on an activation while it starts one:
/// whatever happens before the first real wait happens in there, and a message takes the lock of the activation that it
/// is for. A parent that asked its child there, while the child reported to its parent, held both up for ever.
/// </summary>
internal abstract class MeshGrain : Grain
{
    public sealed override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        await WakeAsync(cancellationToken);
    }

    /// <summary>Before the first call is answered.</summary>
    protected virtual Task WakeAsync(CancellationToken cancellation) => Task.CompletedTask;
}
