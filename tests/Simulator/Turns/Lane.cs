namespace GridMesh.Simulator.Turns;

/// <summary>
/// Work that is done one piece after the other, in order: one activation's, or one client's. What is awaited in it goes
/// on in it.
/// </summary>
internal sealed class Lane(TurnLoop loop) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Work, object? State)> _work = [];

    public TurnLoop Loop => loop;

    /// <summary>What is left is never done: the process has died under it.</summary>
    public bool IsDead { get; private set; }

    public bool IsEmpty => _work.Count == 0;

    /// <summary>It is among those that may have the next turn.</summary>
    public bool IsReady { get; set; }

    public override void Post(SendOrPostCallback d, object? state) => loop.Post(this, d, state);

    public void Post(Action work) => Post(static state => ((Action)state!)(), work);

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("nobody may block in simulated time");

    public override SynchronizationContext CreateCopy() => this;

    public void Enqueue(SendOrPostCallback work, object? state) => _work.Enqueue((work, state));

    public void Die()
    {
        IsDead = true;
        _work.Clear();
    }

    public void RunOne()
    {
        var (work, state) = _work.Dequeue();
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            work(state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
