using GridMesh.Engine.Calls;

namespace GridMesh.Engine.Activations;

/// <summary>Makes the calling thread run a turn of an activation, and afterwards what it ran before.</summary>
internal readonly struct InlineScope
{
    private readonly SynchronizationContext? _outer;
    private readonly ExecutionContext? _context;

    public InlineScope(Activation activation)
    {
        _outer = SynchronizationContext.Current;
        _context = ExecutionContext.Capture();
        SynchronizationContext.SetSynchronizationContext(activation);
        InlineBudget.Enter();
    }

    /// <summary>What the callee did to the async-local values stays with the callee.</summary>
    public void Leave()
    {
        InlineBudget.Leave();
        SynchronizationContext.SetSynchronizationContext(_outer);
        if (_context is not null && ExecutionContext.Capture() != _context)
            ExecutionContext.Restore(_context);
    }
}
